using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class CredentialSourcesTests
{
    [Fact]
    public void Find_ByProvider_GivesThatSourceAndNullForOthers()
    {
        var environment = new EnvironmentSource([]);
        var sources = new CredentialSources([environment, new MountedFileSource("/run/secrets")]);

        Assert.Same(environment, sources.Find("environment"));
        Assert.Null(sources.Find("Environment"));
        Assert.Null(sources.Find("local"));
    }

    [Fact]
    public void Constructor_TwoOfOneName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CredentialSources([new EnvironmentSource([]), new EnvironmentSource([])]));
}
