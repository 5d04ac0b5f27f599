using System.Text;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Configuration;

namespace Gateway.Proxy.Tests.Configuration;

public sealed class UnknownKeysTests
{
    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["House"] = typeof(HouseOptions),
        ["Garden"] = typeof(RoomOptions),
        ["Admission"] = typeof(AdmissionOptions),
        ["Governance"] = typeof(GovernanceOptions),
    };

    [Fact]
    public void Keys_ThatAreRead_AreKnown_WhateverTheirCase() =>
        Assert.Empty(Find("""{"House": {"Floors": 2, "HALL": {"seats": 3}, "Names": ["a", "b"]}, "garden": {}}"""));

    [Theory]
    [InlineData("""{"Hose": {"Floors": 2}}""", "Gateway:Hose", "'House'")]
    [InlineData("""{"House": {"Flors": 2}}""", "Gateway:House:Flors", "'Floors'")]
    [InlineData("""{"House": {"Hall": {"Seat": 2}}}""", "Gateway:House:Hall:Seat", "'Seats'")]
    [InlineData("""{"House": {"height": 2}}""", "Gateway:House:height", "Known here: Floors, Hall, Names")]
    public void Key_ThatNothingReads_IsSaidWithItsPathAndTheNearest(string json, string path, string nearest)
    {
        var error = Assert.Single(Find(json));

        Assert.StartsWith(path + ":", error, StringComparison.Ordinal);
        Assert.Contains(nearest, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Height")]
    [InlineData("Inside")]
    public void Property_ThatConfigurationCannotSet_IsNoKey(string name) =>
        Assert.Single(Find("""{"House": {"NAME": 2}}""".Replace("NAME", name, StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"Admission": {"Blind": "00:00:05"}}""", "Gateway:Admission:Blind: is called 'MaxStaleness' now.")]
    [InlineData("""{"Admission": {"follow": "00:00:01"}}""", "Gateway:Admission:follow: is called 'PollInterval' now.")]
    [InlineData("""{"Governance": {"Poll": "00:00:01"}}""", "Gateway:Governance:Poll: is called 'PollInterval' now.")]
    public void Key_ThatHasAnotherNameNow_IsRefusedWithThatName(string json, string error) =>
        Assert.StartsWith(error, Assert.Single(Find(json)), StringComparison.Ordinal);

    [Fact]
    public void Value_OfASection_IsAnError() =>
        Assert.Contains("is none itself", Assert.Single(Find("""{"House": "tall"}""")), StringComparison.Ordinal);

    [Fact]
    public void Value_OfAList_IsAnErrorThatSaysHow() =>
        Assert.Contains("Gateway:House:Names:0", Assert.Single(Find("""{"House": {"Names": "a,b"}}""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"House": {"Names": []}}""")]
    [InlineData("""{"House": {}}""")]
    [InlineData("{}")]
    public void Nothing_IsNoError(string json) => Assert.Empty(Find(json));

    private static List<string> Find(string json) =>
        UnknownKeys.Find(
            new ConfigurationBuilder()
                .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"Gateway\": {json}}}")))
                .Build()
                .GetSection("Gateway"),
            Sections
        );

    private sealed class HouseOptions
    {
        public int Floors { get; set; }
        public RoomOptions Hall { get; set; } = new();
        public IList<string> Names { get; set; } = [];
        public int Height => Floors * 3;
        internal int Inside { get; set; }
    }

    private sealed class RoomOptions
    {
        public int Seats { get; set; }
    }
}
