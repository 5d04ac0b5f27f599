using Gateway.Cel.Interpretation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Tests.Interpretation;

public sealed class TreeWalkerTests
{
    [Fact]
    public void Explain_Condition_ShowsEveryPartWithItsValue()
    {
        var trace = Conditions
            .Compile("intent.action == 'write' && args.amount > 100")
            .Explain(Conditions.Activation("""{"amount": 99}"""));

        var shown = trace.Entries.Select(e => $"{new string(' ', e.Depth)}{e.Text} = {ValueText.Of(e.Value)}");
        Assert.Equal(
            [
                "intent.action == 'write' && args.amount > 100 = false",
                " intent.action == 'write' = true",
                "  intent.action = \"write\"",
                "  'write' = \"write\"",
                " args.amount > 100 = false",
                "  args.amount = 99",
                "   args = {\"amount\": 99}",
                "  100 = 100",
            ],
            shown
        );
        Assert.False(trace.Result.IsTrue);
    }

    [Fact]
    public void Explain_WhatWasDecidedBefore_IsNotShown()
    {
        var trace = Conditions.Compile("false && args.amount > 100").Explain(Conditions.Activation());

        Assert.DoesNotContain(trace.Entries, e => e.Text.Contains("amount >", StringComparison.Ordinal) && e.Depth > 0);
    }

    [Fact]
    public void Explain_Macro_ShowsItsBodyOnceAnElement()
    {
        var trace = Conditions.Compile("agent.groups.exists(g, g == 'finance')").Explain(Conditions.Activation());

        Assert.Equal(["false", "true"], trace.Entries.Where(e => e.Text == "g == 'finance'").Select(e => ValueText.Of(e.Value)));
    }

    [Fact]
    public void Explain_MoreThanIsKept_IsCutAndStillRight()
    {
        var trace = Conditions.Compile("lists.range(2000).all(i, i >= 0)").Explain(Conditions.Activation());

        Assert.True(trace.IsCut);
        Assert.Equal(CelTrace.MaxEntries, trace.Entries.Count);
        Assert.True(trace.Result.IsTrue);
    }
}
