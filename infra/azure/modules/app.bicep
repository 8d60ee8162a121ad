// The hosts. Each replica is one member of the cluster.
param name string
param location string
param environmentId string
param identityId string
param clientId string
param registryServer string
param image string
param tableServiceUri string
param masterKeyUri string
@secure()
param tenantSettings string
param minReplicas int
param maxReplicas int

// The networks that such an environment gives its replicas addresses from: there the hosts find themselves and each other, and the ingress speaks to them from there.
var replicaNetwork = '100.100.0.0/16'

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      // One revision at a time: a new one is started beside the old one and joins its cluster.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 8080
        transport: 'auto'
        // The live connection is made in two requests, which must reach the same replica.
        stickySessions: {
          affinity: 'sticky'
        }
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [
        {
          name: 'master-key'
          keyVaultUrl: masterKeyUri
          identity: identityId
        }
        {
          name: 'tenant'
          value: tenantSettings
        }
      ]
    }
    template: {
      // What runs on a replica moves to the others first.
      terminationGracePeriodSeconds: 40
      // A secret is text and readable by everybody in the container; the host takes 32 bytes that only its own account may read.
      initContainers: [
        {
          name: 'master-key'
          image: image
          command: ['/bin/sh', '-c', 'umask 077 && base64 -d /run/secrets/master-key > /run/keys/master.key']
          resources: {
            cpu: json('0.25')
            memory: '0.5Gi'
          }
          volumeMounts: [
            {
              volumeName: 'master-key'
              mountPath: '/run/secrets'
            }
            {
              volumeName: 'keys'
              mountPath: '/run/keys'
            }
          ]
        }
      ]
      containers: [
        {
          name: 'host'
          image: image
          resources: {
            cpu: json('1.0')
            memory: '2Gi'
          }
          env: [
            {
              name: 'Cluster__Storage'
              value: 'AzureTables'
            }
            {
              name: 'Cluster__AzureTables__ServiceUri'
              value: tableServiceUri
            }
            {
              name: 'Cluster__Id'
              value: name
            }
            {
              name: 'Cluster__Address'
              value: replicaNetwork
            }
            {
              name: 'Proxy__Known'
              value: replicaNetwork
            }
            {
              name: 'Keys__Path'
              value: '/run/keys'
            }
            {
              // Which of the identities that the app may have is meant.
              name: 'AZURE_CLIENT_ID'
              value: clientId
            }
          ]
          volumeMounts: [
            {
              volumeName: 'keys'
              mountPath: '/run/keys'
            }
            {
              volumeName: 'tenant'
              mountPath: '/app/appsettings.Production.json'
              subPath: 'appsettings.Production.json'
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 2
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health/live'
                port: 8080
              }
              periodSeconds: 5
              timeoutSeconds: 3
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: 8080
              }
              periodSeconds: 3
              timeoutSeconds: 3
              failureThreshold: 2
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'master-key'
          storageType: 'Secret'
          secrets: [
            {
              secretRef: 'master-key'
              path: 'master-key'
            }
          ]
        }
        {
          // Of the replica alone, and gone with it.
          name: 'keys'
          storageType: 'EmptyDir'
        }
        {
          name: 'tenant'
          storageType: 'Secret'
          secrets: [
            {
              secretRef: 'tenant'
              path: 'appsettings.Production.json'
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'load'
            custom: {
              type: 'cpu'
              metadata: {
                type: 'Utilization'
                value: '60'
              }
            }
          }
        ]
      }
    }
  }
}

output address string = 'https://${app.properties.configuration.ingress.fqdn}'
