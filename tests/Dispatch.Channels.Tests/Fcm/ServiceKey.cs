using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;

namespace Dispatch.Channels.Tests.Fcm;

/// <summary>A service account's key file, made for one test and good at one loopback address alone.</summary>
internal sealed class ServiceKey(Uri tokens) : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public ServiceAccountCredential Open() => CredentialFactory.FromJson<ServiceAccountCredential>(Json());

    public string Json() => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = FcmEndpoint.Project,
        private_key_id = "one",
        private_key = _rsa.ExportPkcs8PrivateKeyPem(),
        client_email = "dispatch@a-project.iam.gserviceaccount.com",
        client_id = "1",
        token_uri = tokens,
    });

    /// <summary>Whether this assertion was signed with this key.</summary>
    public bool Signed(string assertion)
    {
        var parts = assertion.Split('.');
        return parts.Length == 3
            && _rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public void Dispose() => _rsa.Dispose();
}
