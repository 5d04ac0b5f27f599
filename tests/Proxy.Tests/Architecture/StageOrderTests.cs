using Gateway.Proxy.Tests.Architecture.Violations;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>A stage may know the stages before it on the path, never those after it.</summary>
public sealed class StageOrderTests
{
    private const string Synthetic = "Gateway.Proxy.Tests.Architecture.Violations.Stages";

    [Fact]
    public void Stages_OfTheProxy_KnowOnlyThoseBeforeThem() =>
        Offences.AssertNone(new StageOrder("Gateway.Proxy").Offences(Product.Proxy.Uses));

    /// <summary>The rule finds each way of naming a later stage; the types that do so are in the folder Violations.</summary>
    [Theory]
    [InlineData("AsAField")]
    [InlineData("AsABase")]
    [InlineData("AsAParameter")]
    [InlineData("AsAResult")]
    [InlineData("AsAGenericArgument")]
    [InlineData("AsAConstraint")]
    [InlineData("AsAnAttribute")]
    [InlineData("InsideAnAttribute")]
    [InlineData("InABody")]
    [InlineData("InALambda")]
    [InlineData("InAnAsyncMethod")]
    [InlineData("InACatch")]
    [InlineData("InATypeTest")]
    [InlineData("AsAnArray")]
    public void Stage_ThatKnowsALaterOne_IsFound(string type)
    {
        var offences = Find($"{Synthetic}.Identity.{type}");

        Assert.Contains(
            offences,
            o =>
                o.Contains($"{Synthetic}.Decisions.", StringComparison.Ordinal)
                && o.Contains("Identity comes before Decisions", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Stage_ThatKnowsAnEarlierOne_IsFine() => Assert.Empty(Find($"{Synthetic}.Decisions.Later"));

    [Fact]
    public void Foundation_ThatKnowsAStage_IsFound() =>
        Assert.Contains(Find($"{Synthetic}.Configuration.KnowsAStage"), o => o.Contains("is a foundation", StringComparison.Ordinal));

    [Fact]
    public void Folder_ThatNobodyPlaced_IsFound() =>
        Assert.Contains(Find($"{Synthetic}.Attic.Unplaced"), o => o.Contains("'Attic' has no place", StringComparison.Ordinal));

    private static List<string> Find(string type) => [.. new StageOrder(Synthetic).Offences(OwnUses.Of(type)).Distinct()];
}
