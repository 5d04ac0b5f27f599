using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class EvaluatorTests
{
    [Fact]
    public void Evaluate_WhenEverythingPasses_AllowsWithAnEntryForEachControlInOrder()
    {
        var decision = new World().Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Equal(Severity.Info, decision.Severity);
        Assert.Empty(decision.Reasons);
        Assert.Empty(decision.Approvals);
        Assert.False(decision.OpensIncident);
        Assert.Equal(Enumerable.Range(1, 11), decision.Path.Select(e => (int)e.Control));
        Assert.All(decision.Path, e => Assert.Equal(ReasonCode.None, e.Reason));
        Assert.All(decision.Path, e => Assert.NotEqual(CheckOutcome.Fail, e.Outcome));
    }

    [Theory]
    [InlineData("stranger", "main", "demo")]
    [InlineData("agent", "other", "demo")]
    [InlineData("agent", "main", "elsewhere")]
    public void Evaluate_ForAnAgentThatIsNotRegisteredThere_BlocksAtOnceAsCritical(string agent, string workspace, string tenant)
    {
        var decision = new World
        {
            IntentAgent = agent,
            IntentWorkspace = workspace,
            IntentTenant = tenant,
        }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal(Severity.Critical, decision.Severity);
        Assert.Equal([ReasonCode.AgentUnregistered], decision.Reasons);
        Assert.Equal(CheckOutcome.Fail, Assert.Single(decision.Path).Outcome);
        Assert.Equal(Obligations.None, decision.Obligations);
    }

    [Theory]
    [InlineData("active", null, true)]
    [InlineData("active", LifecycleStatus.Active, true)]
    [InlineData("active", LifecycleStatus.Suspended, false)]
    [InlineData("active", LifecycleStatus.Unknown, false)]
    [InlineData("suspended", null, false)]
    [InlineData("suspended", LifecycleStatus.Active, false)]
    [InlineData("draft", null, false)]
    [InlineData("retired", LifecycleStatus.Active, false)]
    public void Evaluate_ByLifecycleStatus_GoesOnOnlyWhenDocumentAndStoreSayActive(string document, LifecycleStatus? stored, bool goesOn)
    {
        var decision = new World { Status = document, StoredStatus = stored }.Judge();

        Assert.Equal(goesOn ? Verdict.Allow : Verdict.Block, decision.Verdict);
        Assert.Equal(goesOn ? 11 : 2, decision.Path.Count);
        Assert.Equal(goesOn ? [] : [ReasonCode.AgentNotActive], decision.Reasons);
    }

    [Fact]
    public void Evaluate_WithoutAnOwner_NeedsAnApproval()
    {
        Assert.Equal(
            ReasonCode.HumanOwnerMissing,
            new World { HumanOwner = null }
                .Entry(Control.HumanOwner)
                .Reason
        );
        Assert.Equal(
            ReasonCode.SecurityOwnerMissing,
            new World { SecurityOwner = null }
                .Entry(Control.SecurityOwner)
                .Reason
        );

        var covered = new World { HumanOwner = null, Gate = "active: true" }.Judge();
        Assert.Equal(Verdict.RequireApproval, covered.Verdict);
        Assert.Equal([ReasonCode.ApprovalRequired, ReasonCode.HumanOwnerMissing], covered.Reasons);

        var uncovered = new World { HumanOwner = null }.Judge();
        Assert.Equal(Verdict.Block, uncovered.Verdict);
        Assert.Equal([ReasonCode.HumanOwnerMissing, ReasonCode.ApprovalGateMissing], uncovered.Reasons);
    }

    [Theory]
    [InlineData(null, AuthStrength.Signed)]
    [InlineData("L4", AuthStrength.None)]
    public void Evaluate_WithoutALevelOrAProof_Blocks(string? level, AuthStrength strength)
    {
        var decision = new World { Level = level, Strength = strength }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal(ReasonCode.AtfLevelMissing, decision.Reasons[0]);
    }

    [Fact]
    public void Evaluate_OutsideTheBoundary_BlocksAlsoWhereAGateCovers()
    {
        var decision = new World
        {
            Level = "L1",
            Action = "write",
            Gate = "active: true",
        }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.AtfBoundary], decision.Reasons);
        Assert.Equal("level=L1 action=write risk=low target=internal", decision.Path[4].Inputs);
    }

    [Fact]
    public void Evaluate_WhereTheBoundaryAsksForApproval_NeedsAGateThatCovers()
    {
        var world = new World { Level = "L2", Action = "delete" };

        Assert.Equal([ReasonCode.ApprovalGateMissing], world.Judge().Reasons);
        Assert.Equal(Verdict.Block, world.Judge().Verdict);
        var covered = (world with { Gate = "active: true" }).Judge();
        Assert.Equal(Verdict.RequireApproval, covered.Verdict);
        Assert.Equal([ReasonCode.ApprovalRequired], covered.Reasons);
        Assert.Equal("gate", Assert.Single(covered.Approvals).Name);
        Assert.True(covered.Obligations.LogDetailed);
    }

    [Theory]
    [InlineData("critical")]
    [InlineData("top_secret")]
    public void Evaluate_ForCriticalOrTopSecretData_NeedsApprovalAtTheHighestLevelToo(string data)
    {
        var world = new World { Data = data, Flow = data };

        Assert.Equal(Verdict.Block, world.Judge().Verdict);
        Assert.Equal(Verdict.RequireApproval, (world with { Gate = "active: true" }).Judge().Verdict);
    }

    [Fact]
    public void Evaluate_ForABearer_CapsTheLevelAtL2()
    {
        var world = new World
        {
            Action = "delete",
            Level = "L4",
            BearerTools = true,
            Gate = "active: true",
        };

        Assert.Equal(Verdict.Allow, world.Judge().Verdict);
        Assert.Equal(Verdict.RequireApproval, (world with { Strength = AuthStrength.Bearer }).Judge().Verdict);
        Assert.StartsWith(
            "level=L2",
            (world with { Strength = AuthStrength.Bearer }).Entry(Control.AtfBoundary).Inputs,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true, Door.OpenAi, false, true)]
    [InlineData(true, Door.Tool, false, false)]
    [InlineData(true, Door.Anthropic, false, false)]
    [InlineData(false, Door.Tool, false, false)]
    [InlineData(false, Door.OpenAi, false, false)]
    [InlineData(false, Door.Tool, true, true)]
    public void Evaluate_ForABearer_OpensToolsOnlyWhereTheAgentSaysSo(bool model, Door door, bool bearerTools, bool passes)
    {
        var decision = new World
        {
            IsModel = model,
            Door = door,
            BearerTools = bearerTools,
            Strength = AuthStrength.Bearer,
        }.Judge();

        Assert.Equal(passes ? Verdict.Allow : Verdict.Block, decision.Verdict);
        Assert.Equal(passes ? [] : [ReasonCode.BearerNotAllowed], decision.Reasons);
    }

    [Theory]
    [InlineData(false, null, null, "permission=none")]
    [InlineData(true, "nowhere", null, "connector=unknown")]
    [InlineData(true, null, "nothing", "operation=unknown")]
    public void Evaluate_ForWhatIsNotGrantedOrNotThere_BlocksAsNotPermitted(
        bool permission,
        string? connector,
        string? operation,
        string inputs
    )
    {
        var decision = new World
        {
            Permission = permission,
            IntentConnector = connector,
            IntentOperation = operation,
            Gate = "active: true",
        }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal(ReasonCode.ToolNotPermitted, decision.Reasons[0]);
        Assert.Equal(inputs, decision.Path[5].Inputs);
        Assert.Equal(11, decision.Path.Count);
    }

    [Fact]
    public void Evaluate_WithAuditLoggingOff_BlocksAlsoWhereAGateCovers()
    {
        var decision = new World { AuditLogging = false, Gate = "active: true" }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.AuditLoggingOff], decision.Reasons);
    }

    [Fact]
    public void Evaluate_ForACriticalOperation_WantsHumanApprovalInThePermission()
    {
        var world = new World { Risk = "critical", Gate = "active: true" };

        Assert.Equal([ReasonCode.HumanApprovalMissing], world.Judge().Reasons);
        Assert.Equal(Verdict.Block, world.Judge().Verdict);
        Assert.Equal(Verdict.RequireApproval, (world with { HumanApproval = true }).Judge().Verdict);
    }

    [Fact]
    public void Evaluate_WherePermissionWantsHumanApproval_AsksForIt()
    {
        Assert.Equal(
            Verdict.RequireApproval,
            new World { HumanApproval = true, Gate = "active: true" }
                .Judge()
                .Verdict
        );
        Assert.Equal(
            Verdict.Block,
            new World { HumanApproval = true }
                .Judge()
                .Verdict
        );
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, 100)]
    [InlineData(true, 100)]
    public void Evaluate_WherePermissionReduces_DegradesWithItsObligations(bool dryRun, int? maxTokens)
    {
        var decision = new World
        {
            IsModel = true,
            Door = Door.OpenAi,
            DryRun = dryRun,
            MaxTokens = maxTokens,
        }.Judge();

        Assert.Equal(Verdict.Degrade, decision.Verdict);
        Assert.Equal(new Obligations(false, dryRun, maxTokens), decision.Obligations);
    }

    [Fact]
    public void Evaluate_WhereApprovalAndReductionMeet_AsksForApprovalAndKeepsTheReduction()
    {
        var decision = new World
        {
            HumanApproval = true,
            DryRun = true,
            Gate = "active: true",
        }.Judge();

        Assert.Equal(Verdict.RequireApproval, decision.Verdict);
        Assert.Equal(new Obligations(LogDetailed: true, DryRun: true), decision.Obligations);
    }

    [Theory]
    [InlineData("high", "read", "internal", true)]
    [InlineData("low", "external", "internal", true)]
    [InlineData("low", "write", "external", true)]
    [InlineData("low", "read", "external", false)]
    [InlineData("medium", "write", "internal", false)]
    public void Evaluate_ForAHighRiskOrExternalActionThatPasses_LogsInDetail(string risk, string action, string scope, bool detailed)
    {
        var decision = new World
        {
            Risk = risk,
            Action = action,
            Scope = scope,
            Gate = "active: true",
        }.Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Equal(detailed, decision.Obligations.LogDetailed);
        Assert.Equal(detailed ? Severity.Low : Severity.Info, decision.Severity);
    }

    [Theory]
    [InlineData("customer", "customer", true)]
    [InlineData("customer, pii", "customer", false)]
    [InlineData("customer", "pii", false)]
    [InlineData("restricted", null, false)]
    [InlineData("public, internal", null, true)]
    public void Evaluate_ForRegulatedData_WantsAFlowForEveryClass(string data, string? flow, bool passes)
    {
        var world = new World
        {
            Data = data,
            Flow = flow,
            IsModel = true,
            Door = Door.OpenAi,
        };

        Assert.Equal(passes ? Verdict.Allow : Verdict.Block, world.Judge().Verdict);
        Assert.Equal(passes ? ReasonCode.None : ReasonCode.DataFlowMissing, world.Entry(Control.DataMovement).Reason);
        Assert.Equal(passes ? Verdict.Allow : Verdict.RequireApproval, (world with { Gate = "active: true" }).Judge().Verdict);
    }

    [Fact]
    public void Evaluate_WhenTheAgentClaimsAClass_WantsAFlowForItToo() =>
        Assert.Equal(
            [ReasonCode.DataFlowMissing, ReasonCode.ApprovalGateMissing],
            new World { Claimed = DataClasses.Pii }
                .Judge()
                .Reasons
        );

    [Theory]
    [InlineData("low", 0, "Ben", true)]
    [InlineData("medium", 0, "Ben", true)]
    [InlineData("high", 3, "Ben", true)]
    [InlineData("critical", 3, "Ben", true)]
    [InlineData("high", 2, "Ben", false)]
    [InlineData("high", 3, null, false)]
    public void Evaluate_ForAHighRiskAgent_WantsAllThreePlaybooksWithOwners(string risk, int playbooks, string? owner, bool passes)
    {
        string[] scenarios = ["prompt_injection", "unauthorised_action", "rogue_agent"];
        var world = new World
        {
            AgentRisk = risk,
            Playbooks = scenarios[..playbooks],
            PlaybookOwner = owner,
            Gate = "active: true",
        };

        Assert.Equal(passes ? Verdict.Allow : Verdict.RequireApproval, world.Judge().Verdict);
        Assert.Equal(passes ? ReasonCode.None : ReasonCode.PlaybookMissing, world.Entry(Control.IncidentPlaybooks).Reason);
    }

    [Theory]
    [InlineData("high")]
    [InlineData("low")]
    public void Evaluate_WithAnOpenFindingBelowCritical_AllowsAndLogsInDetail(string tier)
    {
        var decision = new World { Finding = tier }.Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.True(decision.Obligations.LogDetailed);
        Assert.Equal("open=1", decision.Path[9].Inputs);
    }

    [Fact]
    public void Evaluate_WithAnOpenCriticalFindingOrRisk_NeedsApproval()
    {
        Assert.Equal(
            Verdict.RequireApproval,
            new World { Finding = "critical", Gate = "active: true" }
                .Judge()
                .Verdict
        );
        Assert.Equal(
            Verdict.RequireApproval,
            new World { OpenRisk = "critical", Gate = "active: true" }
                .Judge()
                .Verdict
        );
        Assert.Equal(
            ReasonCode.OpenFinding,
            new World { Finding = "critical" }
                .Entry(Control.RisksAndFindings)
                .Reason
        );
    }

    [Fact]
    public void Evaluate_WhenACriticalFailureMeetsAnOpenCriticalFinding_BlocksAndOpensAnIncident()
    {
        var decision = new World
        {
            SecurityOwner = null,
            Finding = "critical",
            Gate = "active: true",
        }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal(Severity.Critical, decision.Severity);
        Assert.True(decision.OpensIncident);
    }

    [Fact]
    public void Evaluate_WhenACriticalFailureMeetsOnlyARisk_OpensNoIncident() =>
        Assert.False(
            new World
            {
                SecurityOwner = null,
                OpenRisk = "critical",
                Gate = "active: true",
            }
                .Judge()
                .OpensIncident
        );

    [Theory]
    [InlineData("high", "read", true, true)]
    [InlineData("high", "read", false, false)]
    [InlineData("high", "read", null, false)]
    [InlineData("low", "external", null, false)]
    [InlineData("low", "write", null, true)]
    public void Evaluate_ForAHighRiskOrExternalAction_WantsAPassedRedTeamTest(string risk, string action, bool? passed, bool passes)
    {
        var world = new World
        {
            Risk = risk,
            Action = action,
            RedTeamPassed = passed,
            Gate = "active: true",
        };

        Assert.Equal(passes ? Verdict.Allow : Verdict.RequireApproval, world.Judge().Verdict);
        Assert.Equal(passes ? ReasonCode.None : ReasonCode.RedTeamMissing, world.Entry(Control.RedTeamValidation).Reason);
    }

    [Fact]
    public void Evaluate_OfTheSameIntent_GivesTheSameDecision()
    {
        var world = new World
        {
            Level = "L2",
            Action = "financial",
            Gate = "active: true",
            SecurityOwner = null,
        };

        Assert.Equal(Text(world.Judge()), Text(world.Judge()));

        static string Text(Decision decision) => decision.ToString() + string.Join(';', decision.Path) + string.Join(';', decision.Reasons);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_WhenAllPasses_MakesLittleGarbage(bool strict)
    {
        var world = new World
        {
            Action = "write",
            Data = "pii",
            Flow = "pii",
            Risk = "high",
            Purposes = "support",
            OperationPurposes = "support",
            Transaction = "amount: /amount, max: 100, currency: /currency is EUR",
            Hours = "timezone: Europe/Berlin, from: \"08:00\", to: \"18:00\"",
            Arguments = """{"amount": 12.5, "currency": "EUR"}""",
        };
        world = strict ? world.Strictly() : world;
        var (snapshot, intent, facts) = (world.Compile(), world.Intent(), world.Facts);
        Assert.Equal(Verdict.Allow, Gateway.Policy.Evaluation.Evaluator.Evaluate(snapshot, intent, facts).Verdict);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Gateway.Policy.Evaluation.Evaluator.Evaluate(snapshot, intent, facts);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1536);
    }
}
