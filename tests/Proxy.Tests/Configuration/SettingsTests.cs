using System.ComponentModel.DataAnnotations;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Configuration;

namespace Gateway.Proxy.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void Section_NotConfigured_HasItsDefaults()
    {
        var settings = Configured();

        var options = settings.Bind<RoomOptions>("Room");

        settings.Check();
        Assert.Equal(10, options.Seats);
    }

    [Fact]
    public void Section_Configured_IsBound_WhateverTheCaseOfItsKeys()
    {
        var settings = Configured(
            ("gateway:room:SEATS", "12"),
            ("Gateway:Room:Open", "01:30:00"),
            ("Gateway:Room:Names:0", "a"),
            ("Gateway:Room:Names:1", "b")
        );

        var options = settings.Bind<RoomOptions>("Room");

        settings.Check();
        Assert.Equal((12, TimeSpan.FromMinutes(90), "a,b"), (options.Seats, options.Open, string.Join(',', options.Names)));
    }

    [Fact]
    public void Defaults_ThatDependOnSomethingElse_AreKept()
    {
        var settings = Configured(("Gateway:Room:Seats", "12"));

        var options = settings.Bind("Room", new RoomOptions { Door = "red" });

        Assert.Equal((12, "red"), (options.Seats, options.Door));
    }

    [Theory]
    [InlineData("Gateway:Room:Seats", "101", "Gateway:Room:Seats")]
    [InlineData("Gateway:Room:Seats", "many", "Gateway:Room:Seats")]
    [InlineData("Gateway:Room:Seats", "99999999999", "Gateway:Room:Seats")]
    [InlineData("Gateway:Room:Open", "soon", "Gateway:Room:Open")]
    [InlineData("Gateway:Room:Open", "3", "Gateway:Room:Open")] // Three days, as .NET reads it.
    [InlineData("Gateway:Room:Door", "", "Gateway:Room:Door")]
    public void Value_OutOfItsBounds_StopsTheStartWithItsKey(string key, string value, string said)
    {
        var settings = Configured((key, value));

        settings.Bind<RoomOptions>("Room");

        Assert.Contains(said, Assert.Single(ErrorsOf(settings)), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OfEveryKind_AreSaidAtOnce()
    {
        var settings = Configured(
            ("Gateway:Room:Seats", "0"),
            ("Gateway:Room:Sets", "5"),
            ("Gateway:Other:Seats", "many"),
            ("Gateway:Oher:Seats", "5")
        );
        settings.Bind<RoomOptions>("Room");
        settings.Bind<RoomOptions>("Other");
        settings.Report("Gateway:Room:Door: the door is locked. Unlock it.");

        var errors = ErrorsOf(settings);

        Assert.Equal(5, errors.Count);
        Assert.All(
            ["Room:Seats", "Room:Sets", "Other:Seats", "Oher", "is locked"],
            said => Assert.Contains(errors, e => e.Contains(said, StringComparison.Ordinal))
        );
        Assert.All(
            errors,
            error => Assert.Contains(error, Assert.Throws<ConfigurationException>(settings.Check).Message, StringComparison.Ordinal)
        );
    }

    private static Settings Configured(params (string Key, string Value)[] values) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(v => KeyValuePair.Create<string, string?>(v.Key, v.Value)))
                .Build()
        );

    private static IReadOnlyList<string> ErrorsOf(Settings settings) => Assert.Throws<ConfigurationException>(settings.Check).Errors;

    private sealed class RoomOptions
    {
        [Range(1, 100)]
        public int Seats { get; set; } = 10;

        [Range(typeof(TimeSpan), "00:00:01", "12:00:00")]
        public TimeSpan Open { get; set; } = TimeSpan.FromHours(1);

        [Required]
        public string Door { get; set; } = "green";

        public IList<string> Names { get; set; } = [];
    }
}
