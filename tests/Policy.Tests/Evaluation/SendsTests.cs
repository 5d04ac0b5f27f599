using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

/// <summary>A read is judged by what it carries out.</summary>
public sealed class SendsTests
{
    private static readonly World Intern = new() { Level = "L1", Scope = "external" };

    [Theory]
    [InlineData(null, false)]
    [InlineData("content", false)]
    [InlineData("identifiers", true)]
    [InlineData("nothing", true)]
    public void Intern_ReadsAnExternalSystem_OnlyWhereNoContentLeaves(string? sends, bool passes)
    {
        var decision = (Intern with { Sends = sends }).Judge();

        Assert.Equal(passes ? Verdict.Allow : Verdict.Block, decision.Verdict);
        Assert.Equal(passes ? [] : [ReasonCode.AtfBoundary], decision.Reasons);
        Assert.Equal($"level=L1 action=read risk=low target=external sends={sends ?? "content"}", decision.Path[4].Inputs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("content")]
    [InlineData("nothing")]
    public void Intern_ReadsItsOwnSystems_WhateverIsSent(string? sends)
    {
        var decision = (Intern with { Scope = "internal", Sends = sends }).Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Equal("level=L1 action=read risk=low target=internal", decision.Path[4].Inputs);
    }

    [Theory]
    [InlineData("L2")]
    [InlineData("L3")]
    [InlineData("L4")]
    public void FromL2On_AGrantedReadOfAnExternalSystem_Passes(string level)
    {
        Assert.Equal(Verdict.Allow, (Intern with { Level = level }).Judge().Verdict);
        Assert.Equal(Verdict.Allow, (Intern with { Level = level, Sends = "content" }).Judge().Verdict);
        var world = Intern with { Level = level, Rules = ["{name: out, effect: block, when: 'intent.sends == \"content\"'}"] };
        Assert.Equal(Verdict.Block, world.Judge().Verdict); // Unless a document says otherwise.
    }

    [Fact]
    public void ModelCall_OfAnIntern_HasControlsOfItsOwn()
    {
        var world = Intern with { IsModel = true, Door = Door.OpenAi };

        Assert.Equal(Verdict.Allow, world.Judge().Verdict);
        Assert.Equal(Verdict.Block, (world with { Door = Door.Tool }).Judge().Verdict); // A tool like any other.
    }

    [Theory]
    [InlineData("", Verdict.Block)]
    [InlineData(", sends: content", Verdict.Block)]
    [InlineData(", sends: identifiers", Verdict.Allow)]
    public void HostedTool_OfAnIntern_SendsContent_UnlessItsDocumentSaysLess(string sends, Verdict verdict)
    {
        var world = Intern with
        {
            IsModel = true,
            Door = Door.OpenAi,
            HostedTools = [$"{{name: web_search, action: read, risk: low{sends}}}"],
        };

        var decision = world.Judge();
        Assert.Equal(verdict, decision.Verdict);
        Assert.Contains(" sends=", decision.Path[4].Inputs, StringComparison.Ordinal);
        Assert.Equal(Verdict.Allow, (world with { Level = "L2" }).Judge().Verdict);
    }

    [Fact]
    public void Decision_FromBeforeReadsWereJudgedByWhatTheySend_IsAsItWas()
    {
        var decision = Evaluator.Evaluate(Intern.Compile(), Intern.Intent(), Intern.Facts with { BeforeSends = true });

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Equal("level=L1 action=read risk=low target=external", decision.Path[4].Inputs);
    }

    [Theory]
    [InlineData("content", false)]
    [InlineData("identifiers", false)]
    [InlineData("nothing", true)]
    public void WhereNothingLeaves_NoClassesOfDataNeedBeDeclared(string sends, bool passes)
    {
        var world = new World { Scope = "external", Sends = sends }.Strictly();

        Assert.Equal(passes ? CheckOutcome.NotApplicable : CheckOutcome.Fail, world.Entry(Control.DataMovement).Outcome);
        // What is declared moves along flows all the same.
        Assert.Equal(CheckOutcome.Fail, (world with { Data = "pii" }).Entry(Control.DataMovement).Outcome);
    }

    [Fact]
    public void SendingMore_IsNeverJudgedLaxer() =>
        Prop.ForAll(
                (
                    from level in Gen.Elements("L1", "L2", "L3", "L4")
                    from action in Gen.Elements("read", "write", "external", "delete", "admin")
                    from risk in Gen.Elements("low", "medium", "high", "critical")
                    from scope in Gen.Elements("internal", "external")
                    from profile in Gen.Elements("gamut", "atf-strict")
                    select new World
                    {
                        Level = level,
                        Action = action,
                        Risk = risk,
                        Scope = scope,
                        Gate = "active: true",
                        HumanApproval = true,
                    }
                        is var world
                    && profile == "gamut"
                        ? world
                        : world.Strictly() with
                        {
                            Level = level,
                        }
                ).ToArbitrary(),
                world =>
                {
                    var verdicts = new[] { "content", "identifiers", "nothing" }.Select(sends =>
                        (world with { Sends = sends }).Judge().Verdict
                    );
                    var said = (world with { Sends = null }).Judge().Verdict;
                    return verdicts.SequenceEqual(verdicts.Order()) && said == verdicts.First();
                }
            )
            .Check(Config.QuickThrowOnFailure);
}
