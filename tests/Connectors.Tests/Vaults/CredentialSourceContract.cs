using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Vaults;

/// <summary>What every source of credentials must do, whatever it reads from.</summary>
public abstract class CredentialSourceContract
{
    protected static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    protected static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");

    /// <summary>The source under test, over what was put until now.</summary>
    protected abstract ICredentialSource Source { get; }

    /// <summary>A reference of this provider to something that the tenant may name.</summary>
    protected abstract CredentialReference Name(Id<Tenant> tenant, string name, string field = "");

    /// <summary>Stores a text for a tenant; with a field in the reference, as that field.</summary>
    protected abstract Task PutAsync(Id<Tenant> tenant, CredentialReference reference, string value);

    /// <summary>Makes the store behind the source unusable.</summary>
    protected abstract bool TryBreak();

    [Fact]
    public async Task Fetch_AStoredSecret_GivesIt()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "sk-secret é");

        Assert.Equal("sk-secret é", await FetchAsync(Acme, Name(Acme, "openai")));
    }

    [Fact]
    public async Task Fetch_AField_GivesThatFieldOnly()
    {
        await PutAsync(Acme, Name(Acme, "db", "password"), "secret");

        Assert.Equal("secret", await FetchAsync(Acme, Name(Acme, "db", "password")));
        Assert.Null(await FetchAsync(Acme, Name(Acme, "db", "user")));
    }

    [Fact]
    public async Task Fetch_WhatIsNotThere_GivesNull() => Assert.Null(await FetchAsync(Acme, Name(Acme, "nothing")));

    [Fact]
    public async Task Fetch_AnotherTenantsSecret_GivesNull()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "secret");

        Assert.Null(await FetchAsync(Other, Name(Acme, "openai")));
        Assert.Null(await FetchAsync(Other, Name(Other, "openai")));
    }

    [Fact]
    public async Task Fetch_EachTenant_GetsItsOwn()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "acme's");
        await PutAsync(Other, Name(Other, "openai"), "other's");

        Assert.Equal("acme's", await FetchAsync(Acme, Name(Acme, "openai")));
        Assert.Equal("other's", await FetchAsync(Other, Name(Other, "openai")));
    }

    [Fact]
    public async Task Fetch_NoTenant_GivesNull()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "secret");

        Assert.Null(await FetchAsync(default, Name(Acme, "openai")));
    }

    [Fact]
    public async Task Fetch_AnotherProvidersReference_GivesNull()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "secret");

        Assert.Null(await FetchAsync(Acme, Name(Acme, "openai") with { Provider = "elsewhere" }));
    }

    [Theory]
    [InlineData("../other/openai")]
    [InlineData("..")]
    [InlineData("a/../../other/openai")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public async Task Fetch_AReferenceThatWasNeverParsed_GivesNull(string path)
    {
        await PutAsync(Other, Name(Other, "openai"), "secret");

        Assert.Null(await FetchAsync(Acme, new CredentialReference(Source.Provider, path, "")));
    }

    [Fact]
    public async Task Fetch_AfterAChange_GivesTheNewValue()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "before");
        await FetchAsync(Acme, Name(Acme, "openai"));
        await PutAsync(Acme, Name(Acme, "openai"), "after!");

        Assert.Equal("after!", await FetchAsync(Acme, Name(Acme, "openai")));
    }

    [Fact]
    public async Task Fetch_Cancelled_DoesNotAnswer() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Source.FetchAsync(Acme, Name(Acme, "openai"), new CancellationToken(canceled: true))
        );

    [Fact]
    public async Task Fetch_StoreBroken_ThrowsWithoutTheSecret()
    {
        await PutAsync(Acme, Name(Acme, "openai"), "canary-7f3a");
        if (TryBreak())
        {
            var thrown = await Assert.ThrowsAsync<CredentialSourceException>(() => FetchAsync(Acme, Name(Acme, "openai")));
            Assert.DoesNotContain("canary", thrown.ToString(), StringComparison.Ordinal);
        }
    }

    protected async Task<string?> FetchAsync(Id<Tenant> tenant, CredentialReference reference) =>
        (await Source.FetchAsync(tenant, reference, CancellationToken.None))?.Reveal();
}
