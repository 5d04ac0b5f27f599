using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules.Intents;

public sealed class GoTimeTests
{
    [Theory]
    [InlineData("2026-02-05T12:00:00Z", "2026-02-05T12:00:00Z")]
    [InlineData("2026-02-05T12:00:00.120Z", "2026-02-05T12:00:00.12Z")]
    [InlineData("2026-02-05T12:00:00.123456789Z", "2026-02-05T12:00:00.123456789Z")]
    [InlineData("2026-02-05T12:00:00.00000001Z", "2026-02-05T12:00:00.00000001Z")]
    [InlineData("2026-02-05T12:00:00+02:00", "2026-02-05T10:00:00Z")]
    public void Parse_OfATime_WritesItInUtc(string text, string utc)
    {
        Assert.True(GoTime.TryParse(text, out var time));
        Assert.Equal(utc, time.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-02-05")]
    [InlineData("2026-02-05T12:00:00")]
    [InlineData("2026-02-05T12:00:00.Z")]
    [InlineData("2026-02-05T12:00:00.1234567890Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    public void Parse_OfAnythingElse_Refuses(string text) => Assert.False(GoTime.TryParse(text, out _));

    [Fact]
    public void Zero_IsGosOwn() => Assert.Equal("0001-01-01T00:00:00Z", default(GoTime).ToString());
}
