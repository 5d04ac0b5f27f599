using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>
/// A system behind TLS, and somebody in its place: the credential goes to whom a trusted authority names, and to nobody else.
/// </summary>
public sealed class UpstreamTlsTests : IDisposable
{
    private const string Completion =
        """{"id":"c1","object":"chat.completion","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private readonly TemporaryDirectory _folder = new();
    private readonly TcpListener _system = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _root;

    public UpstreamTlsTests()
    {
        _system.Start();
        _root = Authority("CN=Test authority");
    }

    public void Dispose()
    {
        _system.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("trusted", 200)]
    [InlineData("signed by itself", 502)]
    [InlineData("for another name", 502)]
    [InlineData("expired", 502)]
    [InlineData("plain", 502)]
    public async Task Only_a_system_that_proves_its_name_gets_the_request(string certificate, int status)
    {
        using var shown = Certificate(certificate);

        var (answered, read) = await CallAsync(certificate == "plain" ? null : shown);

        Assert.Equal(status, answered);
        Assert.Equal(status == 200, read.Contains(RunningStandIn.OpenAiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuer_is_not_fetched_from_where_a_certificate_says()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        using var shown = Certificate("of an unknown authority", issuerAt: $"http://{elsewhere.LocalEndpoint}/issuer.cer");

        var (answered, read) = await CallAsync(shown);

        Assert.False(elsewhere.Pending());
        Assert.Equal((502, ""), (answered, read));
    }

    /// <summary>
    /// Calls a model of a system that shows this certificate, or speaks without TLS: the answer's status, and what the system could read.
    /// </summary>
    private async Task<(int Status, string Read)> CallAsync(X509Certificate2? shown)
    {
        await using var gateway = new GatewayProcess(new Uri($"http://{_system.LocalEndpoint}"));
        var connectors = Path.Combine(gateway.Governance, "connectors.yaml");
        await File.WriteAllTextAsync(
            connectors,
            (await File.ReadAllTextAsync(connectors)).Replace("baseAddress: http://", "baseAddress: https://", StringComparison.Ordinal)
        );
        gateway.Variables["SSL_CERT_FILE"] = _folder.File("authority.pem");
        await File.WriteAllTextAsync(gateway.Variables["SSL_CERT_FILE"], _root.ExportCertificatePem());
        var (_, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync();
        var read = ServeAsync(shown);

        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = BearerChat.To(gateway.Address, bearer);
        using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);

        return ((int)response.StatusCode, await read);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var authority = Request(name, key);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return authority.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-30), TimeProvider.System.GetUtcNow().AddDays(30));
    }

    private static CertificateRequest Request(string name, RSA key) => new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private X509Certificate2 Certificate(string kind, string? issuerAt = null)
    {
        using var key = RSA.Create(2048);
        var request = Request("CN=crm", key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(kind == "for another name" ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        if (issuerAt is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [issuerAt]));
        }

        var ends = TimeProvider.System.GetUtcNow().AddDays(kind == "expired" ? -1 : 1);
        using var unknown = kind == "of an unknown authority" ? Authority("CN=Unknown authority") : null;
        using var made =
            kind == "signed by itself"
                ? request.CreateSelfSigned(ends.AddDays(-10), ends)
                : request.Create(unknown ?? _root, ends.AddDays(-10), ends, [1, 2, 3]).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>What the system could read of the first connection, as far as it went.</summary>
    private async Task<string> ServeAsync(X509Certificate2? certificate)
    {
        using var connection = await _system.AcceptTcpClientAsync();
        Stream stream = connection.GetStream();
        try
        {
            if (certificate is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                // Or the server itself would look for its issuer.
                var shown = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
                await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = shown });
            }

            var buffer = new byte[8192];
            var length = await stream.ReadAsync(buffer);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Completion.Length}\r\n\r\n{Completion}"
                )
            );
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return "";
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }
}
