// Copy to main.bicepparam, which is not committed, and fill in. The tenant's settings are read from a file beside it; nothing in here is a secret.
using 'main.bicep'

param name = 'dispatch'
param location = 'southafricanorth'
param registryName = 'exampleregistry'
param image = 'exampleregistry.azurecr.io/dispatch:1.0.0'
param tenantSettings = loadTextContent('tenant.json')
param minReplicas = 3
param maxReplicas = 9
// Empty until the key is in the vault; then the version that the vault gave it.
param masterKeyVersion = ''
