using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class FreshKeysTests
{
    [Fact]
    public void Make_GivesEveryKeyThatAStartNeeds_ApartFromEachOther()
    {
        var settings = FreshKeys.Make().ToDictionary(key => key.Setting, key => (string?)key.Value.Reveal());

        Assert.Equal(FreshKeys.Settings, settings.Keys);
        Assert.Empty(KeyLoader.Load(settings, createMissing: false, "unused").Errors);
    }

    [Fact]
    public void Make_Twice_GivesOtherKeys() =>
        Assert.Empty(FreshKeys.Make().Select(key => key.Value.Reveal()).Intersect(FreshKeys.Make().Select(key => key.Value.Reveal())));
}
