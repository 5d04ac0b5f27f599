using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Configuration;
using Gateway.Testing;

namespace Gateway.Administration.Tests;

/// <summary>From elsewhere operators come over TLS, or not at all.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Client_ThatKnowsTheRootAlone_FindsTheWholeChain()
    {
        using var root = TestCertificates.Issue("root", issuer: null, isAuthority: true);
        using var between = TestCertificates.Issue("between", root, isAuthority: true);
        using var leaf = TestCertificates.Issue("leaf", between, isAuthority: false);
        await File.WriteAllTextAsync(_folder.File("chain.pem"), $"{leaf.ExportCertificatePem()}\n{between.ExportCertificatePem()}");
        await File.WriteAllTextAsync(_folder.File("key.pem"), leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var address = new Uri($"https://127.0.0.1:{FreePort.Next()}");
        await using var running = await RunningAdministration.StartAsync(
            RunningAdministration.Documents,
            $"--Gateway:Administration:Urls={address.GetLeftPart(UriPartial.Authority)}",
            $"--Gateway:Administration:Certificate={_folder.File("chain.pem")}",
            $"--Gateway:Administration:CertificateKey={_folder.File("key.pem")}"
        );
        using var ada = await running.NewOperatorAsync("ada", OperatorRoles.Viewer);
        var token = await running.NewTokenAsync("ada", OperatorRoles.Viewer);

        using var knowing = Client(root);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/admin/v1/session"));
        request.Headers.Authorization = new("Bearer", token);
        using var response = await knowing.SendAsync(request, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.Contains("Strict-Transport-Security"));

        using var stranger = TestCertificates.Issue("stranger", issuer: null, isAuthority: true);
        using var unknowing = Client(stranger);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/admin/v1/session"));
        await Assert.ThrowsAsync<HttpRequestException>(() => unknowing.SendAsync(again, CancellationToken.None));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8090", "in the clear")]
    [InlineData("https://127.0.0.1:8090", "needs a certificate")]
    [InlineData("ftp://127.0.0.1:8090", "can't be listened at")]
    [InlineData("http://gateway.example:8090", "can't be listened at")]
    public async Task Start_WithoutTls_OffThisMachine_IsRefusedWithTheRemedy(string urls, string problem)
    {
        var refused = await Assert.ThrowsAsync<ConfigurationException>(() =>
            RunningAdministration.StartAsync(RunningAdministration.Documents, $"--Gateway:Administration:Urls={urls}")
        );

        Assert.Contains(
            refused.Errors,
            error =>
                error.StartsWith("Gateway:Administration:", StringComparison.Ordinal) && error.Contains(problem, StringComparison.Ordinal)
        );
    }

    private static HttpMessageInvoker Client(X509Certificate2 root) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { root },
                        RevocationMode = X509RevocationMode.NoCheck,
                        DisableCertificateDownloads = true,
                    },
                },
            }
        );
}
