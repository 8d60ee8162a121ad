// The records: members, grain states, reminders and rows, in tables that the hosts make themselves.
param accountName string
param location string
param subnetId string
param principalId string

// Storage Table Data Contributor
var tableData = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: accountName
  location: location
  kind: 'StorageV2'
  sku: {
    // Each acknowledged write is in three buildings.
    name: 'Standard_ZRS'
  }
  properties: {
    // Only identities: there is no account key that could leak.
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
      virtualNetworkRules: [
        {
          id: subnetId
          action: 'Allow'
        }
      ]
    }
  }
}

resource mayUseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, tableData)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableData)
  }
}

// Whoever may change the subscription shall not take the records away by mistake.
resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep-the-records'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The records of open alerts.'
  }
}

output tableServiceUri string = account.properties.primaryEndpoints.table
