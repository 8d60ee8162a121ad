// Dispatch on Azure: at least three hosts in a Container Apps environment, records in Table Storage, the master key in a Key Vault of its own.
// The hosts sign in with a managed identity; no setting holds a key or a password. docs/install.md says how to deploy, and in which order.
targetScope = 'resourceGroup'

@description('Short and lower case; a part of every name.')
@minLength(3)
@maxLength(11)
param name string = 'dispatch'

param location string = resourceGroup().location

@description('The image of the cluster, by digest or by a tag that is never moved.')
param image string

@description('The container registry that holds the image, in this resource group.')
param registryName string

@description('The country programme: the section Tenant as JSON, as in appsettings.json. It holds names, so it is kept as a secret.')
@secure()
param tenantSettings string

@minValue(3)
@maxValue(30)
param minReplicas int = 3

@minValue(3)
@maxValue(30)
param maxReplicas int = 9

@description('The version of the secret master-key in the vault: 32 random bytes in base 64. Empty for the first deployment, which makes the vault to put it in.')
param masterKeyVersion string = ''

var suffix = uniqueString(resourceGroup().id, name)

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    name: name
    location: location
  }
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: name
    location: location
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    accountName: take('${name}${suffix}', 24)
    location: location
    subnetId: network.outputs.subnetId
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    vaultName: take('${name}-${suffix}', 24)
    location: location
    principalId: identity.outputs.principalId
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    registryName: registryName
    principalId: identity.outputs.principalId
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    name: name
    location: location
    subnetId: network.outputs.subnetId
  }
}

module app 'modules/app.bicep' = if (!empty(masterKeyVersion)) {
  name: 'app'
  params: {
    name: name
    location: location
    environmentId: environment.outputs.environmentId
    identityId: identity.outputs.identityId
    clientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    image: image
    tableServiceUri: storage.outputs.tableServiceUri
    masterKeyUri: '${vault.outputs.vaultUri}secrets/master-key/${masterKeyVersion}'
    tenantSettings: tenantSettings
    minReplicas: minReplicas
    maxReplicas: maxReplicas
  }
}

output vaultName string = vault.outputs.vaultName
output address string = empty(masterKeyVersion) ? '' : app!.outputs.address
