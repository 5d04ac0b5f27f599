using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Rules.Evaluation;

public sealed class FreezeCheckTests
{
    [Theory]
    // Clocks go back at 06:00Z on 1 November: 01:30 happens twice, and both are in the window.
    [InlineData("2026-11-01T01:30:00", "2026-11-01T03:00:00", "2026-11-01T05:30:00Z", Verdict.Block)]
    [InlineData("2026-11-01T01:30:00", "2026-11-01T03:00:00", "2026-11-01T05:29:59Z", Verdict.Allow)]
    [InlineData("2026-11-01T00:30:00", "2026-11-01T01:30:00", "2026-11-01T06:29:59Z", Verdict.Block)]
    [InlineData("2026-11-01T00:30:00", "2026-11-01T01:30:00", "2026-11-01T06:30:00Z", Verdict.Allow)]
    // Clocks go forward at 07:00Z on 8 March: 02:30 never happens.
    [InlineData("2026-03-08T02:30:00", "2026-03-08T04:00:00", "2026-03-08T06:30:00Z", Verdict.Block)]
    // An end before the start is broken, and blocks.
    [InlineData("2026-03-08T04:00:00", "2026-03-08T03:00:00", "2026-06-01T00:00:00Z", Verdict.Block)]
    [InlineData("2026-03-08 04:00", "2026-03-08T03:00:00", "2026-06-01T00:00:00Z", Verdict.Block)]
    public void Window_IsAsLongAsItCanBeRead(string start, string end, string now, Verdict verdict)
    {
        var yaml =
            "rules: [{name: a, effect: allow, freeze_window: {timezone: America/Toronto, "
            + $"windows: [{{start: \"{start}\", end: \"{end}\"}}]}}}}]";

        var outcome = Sample.Judge(
            yaml,
            Sample.Intent(),
            Sample.Facts with
            {
                Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
            }
        );

        Assert.Equal(verdict, outcome.Verdict);
    }

    [Theory]
    [InlineData("Nowhere/Land")]
    [InlineData("Local")]
    [InlineData("../../etc/passwd")]
    public void Zone_ThatNobodyKnows_Blocks(string zone)
    {
        var yaml =
            $"rules: [{{name: a, effect: allow, freeze_window: {{timezone: {zone}, "
            + "windows: [{start: \"2020-01-01T00:00:00\", end: \"2020-01-02T00:00:00\"}]}}]";

        Assert.Contains("freeze_window_invalid_timezone", Sample.Judge(yaml, Sample.Intent()).ReasonCodes);
    }
}
