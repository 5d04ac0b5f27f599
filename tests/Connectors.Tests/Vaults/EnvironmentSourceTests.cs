using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class EnvironmentSourceTests : CredentialSourceContract
{
    private readonly Dictionary<string, string?> _variables = new()
    {
        ["DATA_ENCRYPTION_KEY"] = "k:secret",
        ["GATEWAY_SECRET_"] = "no tenant's",
        ["GATEWAY_SECRET_ACME_"] = "no name",
    };

    protected override ICredentialSource Source => new EnvironmentSource(_variables);

    [Theory]
    [InlineData("DATA_ENCRYPTION_KEY")]
    [InlineData("PATH")]
    [InlineData("GATEWAY_SECRET_")]
    [InlineData("gateway_secret_acme_x")]
    public async Task Fetch_AVariableThatIsNoTenantSecret_GivesNull(string variable)
    {
        _variables[variable] = "process";

        Assert.Null(await FetchAsync(Acme, new CredentialReference("environment", variable, "")));
    }

    [Theory]
    [InlineData("a", "a_b")]
    [InlineData("a", "a-b")]
    [InlineData("a-b", "a_b")]
    [InlineData("a.b", "a-b")]
    [InlineData("ax2db", "a-b")]
    [InlineData("a", "a_")]
    public async Task Fetch_TenantsWhoseNamesLookAlike_NeverShareAVariable(string first, string second)
    {
        var (one, two) = (Id<Tenant>.Parse(first), Id<Tenant>.Parse(second));
        await PutAsync(one, Name(one, "B_KEY"), "one's");
        await PutAsync(two, Name(two, "KEY"), "two's");

        Assert.Null(await FetchAsync(two, Name(one, "B_KEY")));
        Assert.Null(await FetchAsync(one, Name(two, "KEY")));
    }

    [Fact]
    public async Task Fetch_FromALookUpThatIgnoresCase_StillKeepsTenantsApart()
    {
        var source = new EnvironmentSource(
            new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["GATEWAY_SECRET_AX2DB_KEY"] = "ax2db's" }
        );

        Assert.Null(
            await source.FetchAsync(Id<Tenant>.Parse("a-b"), new("environment", "GATEWAY_SECRET_Ax2dB_KEY", ""), CancellationToken.None)
        );
    }

    [Fact]
    public async Task Fetch_AnEmptyVariable_Refuses()
    {
        await PutAsync(Acme, Name(Acme, "EMPTY"), "");

        await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "EMPTY")));
    }

    [Theory]
    [InlineData("plain canary")]
    [InlineData("[\"canary\"]")]
    [InlineData("{\"f\": 7}")]
    [InlineData("{\"f\": null}")]
    [InlineData("{\"f\": \"canary\", \"f\": \"b\"}")]
    public async Task Fetch_AFieldOfWhatIsNoObjectOfTexts_RefusesWithoutQuotingIt(string content)
    {
        var reference = Name(Acme, "JSON", "f");
        _variables[reference.Path] = content;

        var thrown = await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, reference));
        Assert.DoesNotContain("canary", thrown.ToString(), StringComparison.Ordinal);
    }

    protected override CredentialReference Name(Id<Tenant> tenant, string name, string field = "") =>
        new("environment", EnvironmentSource.PrefixOf(tenant) + name, field);

    protected override Task PutAsync(Id<Tenant> tenant, CredentialReference reference, string value)
    {
        _variables[reference.Path] =
            reference.Field.Length == 0 ? value : JsonSerializer.Serialize(new Dictionary<string, string> { [reference.Field] = value });
        return Task.CompletedTask;
    }

    protected override bool TryBreak() => false;
}
