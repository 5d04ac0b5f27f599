using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

public sealed class ObligationsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Merge_InAnyOrder_IsTheSame() =>
        Prop.ForAll(AnyObligations.All.Two().ToArbitrary(), pair => pair.Item1.Merge(pair.Item2).Equals(pair.Item2.Merge(pair.Item1)))
            .Check(Many);

    [Fact]
    public void Merge_InAnyGrouping_IsTheSame() =>
        Prop.ForAll(
                AnyObligations.All.Three().ToArbitrary(),
                three => three.Item1.Merge(three.Item2).Merge(three.Item3).Equals(three.Item1.Merge(three.Item2.Merge(three.Item3)))
            )
            .Check(Many);

    [Fact]
    public void Merge_OfTheSameOrWhatWasMergedBefore_AddsNothing() =>
        Prop.ForAll(
                AnyObligations.All.Two().ToArbitrary(),
                pair =>
                {
                    var merged = pair.Item1.Merge(pair.Item2);
                    return pair.Item1.Merge(pair.Item1 with { }).Equals(pair.Item1)
                        && merged.Merge(pair.Item1).Equals(merged)
                        && merged.Merge(pair.Item2).Equals(merged);
                }
            )
            .Check(Many);

    [Fact]
    public void Merge_WithNothing_ChangesNothing() =>
        Prop.ForAll(
                AnyObligations.All.ToArbitrary(),
                one =>
                    one.Merge(Obligations.None).Equals(one)
                    && Obligations.None.Merge(one).Equals(one)
                    && new Obligations().Merge(one).Equals(one)
            )
            .Check(Many);

    [Fact]
    public void Merge_IsAtLeastAsStrictAsEither() =>
        Prop.ForAll(
                AnyObligations.All.Two().ToArbitrary(),
                pair =>
                {
                    var both = pair.Item1.Merge(pair.Item2);
                    return new[] { pair.Item1, pair.Item2 }.All(one =>
                        (both.Reduces || !one.Reduces)
                        && (both.MaxTokens ?? int.MaxValue) <= (one.MaxTokens ?? int.MaxValue)
                        && (both.Sample ?? int.MaxValue) <= (one.Sample ?? int.MaxValue)
                        && one.ModelDowngrade.All(model => both.ModelDowngrade.Contains(model))
                        && one.RowLimits.All(limit => both.RowLimits.Any(kept => Equals(kept.At, limit.At) && kept.Rows <= limit.Rows))
                        && (
                            one.StripTools is null
                            || (both.StripTools?.All ?? false)
                            || (!one.StripTools.All && one.StripTools.Names.All(name => both.StripTools!.Strips(name)))
                        )
                    );
                }
            )
            .Check(Many);

    [Fact]
    public void Reduces_ByAnythingButDetailInTheLog()
    {
        Assert.False(Obligations.None.Reduces);
        Assert.False(new Obligations(LogDetailed: true).Reduces);
        Assert.All(
            [
                new Obligations(DryRun: true),
                new Obligations(MaxTokens: 5),
                Obligations.None with
                {
                    ReadOnly = true,
                },
                Obligations.None with
                {
                    RedactRequest = new(RedactionPatterns.Email, TermSet<ArgumentPointer>.Empty),
                },
                Obligations.None with
                {
                    RedactResponse = new(RedactionPatterns.Email, TermSet<ArgumentPointer>.Empty),
                },
                Obligations.None with
                {
                    ModelDowngrade = TermSet<string>.Of("small"),
                },
                Obligations.None with
                {
                    StripTools = ToolStrip.Everything,
                },
                Obligations.None with
                {
                    RowLimits = TermSet<RowLimit>.Of(new RowLimit(null, 5)),
                },
                Obligations.None with
                {
                    Sample = 5,
                },
            ],
            one => Assert.True(one.Reduces)
        );
    }
}
