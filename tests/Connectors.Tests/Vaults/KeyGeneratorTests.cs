using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class KeyGeneratorTests
{
    [Fact]
    public void Make_GivesEveryKeyThatAStartNeeds_ApartFromEachOther()
    {
        var settings = KeyGenerator.Generate().ToDictionary(key => key.Setting, key => (string?)key.Value.Reveal());

        Assert.Equal(KeyGenerator.Settings, settings.Keys);
        Assert.Empty(KeyLoader.Load(settings, createMissing: false, "unused").Errors);
    }

    [Fact]
    public void Make_Twice_GivesOtherKeys() =>
        Assert.Empty(
            KeyGenerator.Generate().Select(key => key.Value.Reveal()).Intersect(KeyGenerator.Generate().Select(key => key.Value.Reveal()))
        );
}
