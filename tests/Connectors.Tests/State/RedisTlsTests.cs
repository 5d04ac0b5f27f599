using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.State;

/// <summary>A server that speaks TLS to those who show a certificate, with a user who may do what docs/shared-state.md says.</summary>
public sealed class RedisTlsFixture : IAsyncLifetime
{
    private readonly RedisCertificates _certificates = new();
    private readonly int _port = FreePort.Next();

    public RedisServer Server { get; private set; } = null!;

    public string CertificateOf(string name) => _certificates.FileOf(name);

    public string PasswordFile => _certificates.FileOf("password");

    public async Task InitializeAsync()
    {
        Server = await RedisServer.StartAsync(_certificates.ServerArguments(_port));
        await SetPasswordAsync("first-horse");
    }

    /// <summary>Of the user, and in the file; whoever is connected as that user is cut off.</summary>
    public async Task SetPasswordAsync(string password)
    {
        string[] user = ["resetpass", ">" + password, "on", .. RedisPage.Commands()];
        await Server.CommandAsync(["ACL", "SETUSER", "gateway", .. user]);
        await File.WriteAllTextAsync(PasswordFile, password + "\n");
        await Server.CommandAsync("CLIENT", "KILL", "USER", "gateway");
    }

    public RedisStateOptions Options(RedisTls? tls = null)
    {
        var options = RedisFixture.Options(Server);
        options.Endpoints = ["127.0.0.1:" + _port.ToString(CultureInfo.InvariantCulture)];
        options.Credentials = new RedisCredentials { User = "gateway", PasswordFile = PasswordFile };
        options.Tls = tls ?? Tls;
        return options;
    }

    public RedisTls Tls =>
        new()
        {
            CaFile = CertificateOf("ca.pem"),
            CertificateFile = CertificateOf("client.pem"),
            KeyFile = CertificateOf("client.key"),
        };

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificates.Dispose();
    }
}

/// <summary>What every shared state does, over TLS with a client's certificate and a user of the access control list.</summary>
public sealed class RedisTlsTests(RedisTlsFixture redis) : SharedStateContract, IClassFixture<RedisTlsFixture>
{
    protected override DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow().AddSeconds(60);

    protected override async Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants) => await OpenAsync(redis.Options(), tenants);

    protected override Task PassAsync(TimeSpan time) => redis.Server.PassAsync(time);

    [Fact]
    public async Task ServerOfAnotherAuthority_StopsThePreparing()
    {
        using var others = new RedisCertificates();

        await AssertNotPreparedAsync(redis.Tls with { CaFile = others.Ca });
        await AssertNotPreparedAsync(redis.Tls with { CaFile = null });
    }

    [Fact]
    public async Task ServerWhoseCertificateNamesAnotherHost_StopsThePreparing()
    {
        var options = redis.Options();
        options.Endpoints = [options.Endpoints[0].Replace("127.0.0.1", "localhost", StringComparison.Ordinal)];

        await AssertNotPreparedAsync(options);
    }

    [Fact]
    public async Task Client_WithoutItsCertificate_StopsThePreparing() =>
        await AssertNotPreparedAsync(redis.Tls with { CertificateFile = null, KeyFile = null });

    [Theory]
    [InlineData("missing.pem")]
    [InlineData("password")]
    public async Task FileThatIsNoCertificate_StopsThePreparing_AndIsNamed(string name)
    {
        var file = redis.CertificateOf(name);

        Assert.Contains(file, await AssertNotPreparedAsync(redis.Tls with { CaFile = file }), StringComparison.Ordinal);
        Assert.Contains(file, await AssertNotPreparedAsync(redis.Tls with { CertificateFile = file }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordFileThatIsMissing_StopsThePreparing_AndIsNamed()
    {
        var options = redis.Options();
        options.Credentials = options.Credentials with { PasswordFile = redis.CertificateOf("nothing") };

        Assert.Contains(options.Credentials.PasswordFile, await AssertNotPreparedAsync(options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordThatIsRotated_IsReadAgainFromItsFile()
    {
        await using var state = await OpenAsync(Tenant);
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request()));

        await redis.SetPasswordAsync("second-horse");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await AdmitAsync(state, Request()) != AdmissionOutcome.Admitted)
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<RedisState> OpenAsync(RedisStateOptions options, params Id<Tenant>[] tenants)
    {
        var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        await state.PrepareAsync(tenants, default);
        return state;
    }

    private Task<string> AssertNotPreparedAsync(RedisTls tls) => AssertNotPreparedAsync(redis.Options(tls));

    private async Task<string> AssertNotPreparedAsync(RedisStateOptions options)
    {
        await using var state = new RedisState(options, TimeProvider.System, ReadTruthAsync);
        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Tenant], default));
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request()));
        Assert.DoesNotContain("horse", error.ToString(), StringComparison.Ordinal);
        return error.Message;
    }
}
