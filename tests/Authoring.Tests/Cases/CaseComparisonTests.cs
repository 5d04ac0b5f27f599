using Gateway.Authoring.Cases;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Tests.Cases;

public sealed class CaseComparisonTests
{
    private static readonly CaseAnswer Got = new(Verdict.Block, ["b", "a"], ["p/r"], ["mine"], new Obligations(DryRun: true));

    [Fact]
    public void WhatACaseDoesntName_IsntLookedAt() => Assert.Empty(CaseComparison.Compare(new WantedAnswer(Verdict.Block), Got));

    [Fact]
    public void Lists_AreComparedWithoutOrder() =>
        Assert.Empty(
            CaseComparison.Compare(
                new WantedAnswer(Verdict.Block, ["a", "b"], ["a"], ["p/r"], ["mine"], new Obligations(DryRun: true)),
                Got
            )
        );

    [Fact]
    public void EveryDifference_IsNamedWithWantedAndGot()
    {
        var wanted = new WantedAnswer(Verdict.Allow, ["a"], ["c"], [], ["other"], new Obligations(MaxTokens: 5));
        Assert.Equal(
            [
                "verdict: wanted allow, got block",
                "reasons: wanted a, got a, b",
                "rules: wanted none, got p/r",
                "codes: wanted other, got mine",
                "reasonsInclude: wanted c, got a, b",
                "obligations: wanted max_tokens(5), got dry_run",
            ],
            CaseComparison.Compare(wanted, Got).Select(difference => difference.ToString())
        );
    }
}
