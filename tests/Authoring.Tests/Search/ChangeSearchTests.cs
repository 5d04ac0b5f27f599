using Gateway.Authoring.Changes;
using Gateway.Authoring.Search;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Search;

public sealed class ChangeSearchTests
{
    private const string Day = "timezone: UTC, from: \"13:00\", to: \"18:00\"";
    private const string AnyGate = "active: true";

    /// <summary>One gap, and the one change that closes it.</summary>
    private static readonly (World World, ChangeKind Wanted)[] Gaps =
    [
        (new World { IntentAgent = "stranger", Permission = false }, ChangeKind.RegisterAgent),
        (new World { Status = "suspended" }, ChangeKind.ActivateAgent),
        (new World { StoredStatus = LifecycleStatus.Suspended }, ChangeKind.ActivateAgent),
        (new World { HumanOwner = null }, ChangeKind.AssignHumanOwner),
        (new World { SecurityOwner = null }, ChangeKind.AssignSecurityOwner),
        (new World { Strength = AuthStrength.Bearer }, ChangeKind.SignRequest),
        (new World { Strength = AuthStrength.Bearer }, ChangeKind.AllowBearerTools),
        (new World { Permission = false }, ChangeKind.RegisterPermission),
        (new World { Risk = "critical", Gate = AnyGate }, ChangeKind.TurnOnHumanApproval),
        (new World { AuditLogging = false }, ChangeKind.TurnOnAuditLogging),
        (new World { Capabilities = "" }, ChangeKind.DeclareCapability),
        (new World { OperationPurposes = "billing" }, ChangeKind.DeclarePurpose),
        (new World { Hours = Day }, ChangeKind.WaitUntil),
        (new World { Transaction = "amount: /amount, max: 10", Arguments = """{"amount": 11}""" }, ChangeKind.SetAmount),
        (new World { Transaction = "amount: /amount, max: 10" }, ChangeKind.SetAmount),
        (
            new World
            {
                PermissionTransaction = "amount: /a/0/b, max: 10, currency: /c is EUR",
                Arguments = """{"a": [{"b": 99, "B": 1}]}""",
            },
            ChangeKind.SetAmount
        ),
        (new World { OpenRisk = "critical" }, ChangeKind.CloseFindings),
        (new World { Risk = "high", RedTeamPassed = false }, ChangeKind.PassRedTeamTest),
        (new World { AgentRisk = "high", Playbooks = [] }, ChangeKind.AddPlaybooks),
        (new World { Action = "write", StoredLevel = AtfLevel.L1 }, ChangeKind.LiftDemotion),
        (new World { Action = "write", Level = "L1" }, ChangeKind.RaiseLevel),
        (new World { Action = "write", Level = null }, ChangeKind.RaiseLevel),
        (
            new World
            {
                Action = "write",
                Level = "L4",
                Profile = "atf-strict",
            },
            ChangeKind.RaiseLevel
        ),
        (new World { Data = "pii" }, ChangeKind.DocumentDataFlow),
        (new World { Action = "code" }, ChangeKind.CoverWithGate),
        (new World { Rules = ["{name: no, effect: block}"] }, ChangeKind.RelaxRule),
        (new World { HumanApproval = true, Gate = AnyGate }, ChangeKind.ObtainApproval),
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Gaps.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Find_WithOneGap_NamesWhatClosesIt(int gap)
    {
        var (world, wanted) = Gaps[gap];

        var found = Find(world);

        Assert.Contains(found.Sets, set => set.Any(change => change.Kind == wanted));
        Assert.All(found.Sets, set => Assert.True(Situation.From(world.Compile(), world.Intent(), world.Facts).With(set).Passes()));
    }

    [Fact]
    public void Gaps_ShowEveryKindOfChange() =>
        Assert.Equal(
            Enum.GetValues<ChangeKind>().Except([ChangeKind.Unspecified, ChangeKind.LimitTransaction]),
            Gaps.Select(gap => gap.Wanted).Distinct().Order()
        );

    [Fact]
    public void Find_OfAFinancialActionWithoutALimit_UnderAtfStrict_LimitsIt()
    {
        var world = new World { Action = "financial", Gate = AnyGate }.Strictly() with
        {
            Transaction = null,
            Cumulative = "calls: 1, per: 1d",
            Arguments = """{"amount": 1}""",
        };

        Assert.Contains(Find(world).Sets, set => set is [{ Kind: ChangeKind.LimitTransaction }]);
    }

    [Fact]
    public void Find_OfWhatIsAllowed_HasNothingToChange()
    {
        var found = Find(new World());

        Assert.True(found.AlreadyAllowed);
        Assert.Empty(found.Sets);
        Assert.True(Find(new World { DryRun = true }).AlreadyAllowed);
    }

    [Fact]
    public void Find_WithTwoGaps_NamesBothTogether_AndEachWayOfEach()
    {
        var found = Find(
            new World
            {
                Permission = false,
                HumanOwner = null,
                Gate = AnyGate,
            }
        );

        Assert.Equal(
            ["assign_human_owner register_permission", "obtain_approval register_permission"],
            found
                .Sets.Select(set => string.Join(' ', set.Select(change => change.Name).Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Find_OfAnApproval_SaysWhoseAndHowMany()
    {
        var world = new World { HumanApproval = true, Gate = AnyGate + ", quorum: 2" };

        Assert.Equal("obtain the approval of 2 people from owners by the gate 'gate'", Find(world).Sets[0][0].Text);
    }

    [Fact]
    public void Find_OfAnAmount_SaysTheLimit() =>
        Assert.Equal(
            "lower the amount at /amount to 10.5 or less",
            Assert
                .Single(Find(new World { Transaction = "amount: /amount, max: 10.5, decimals: 2", Arguments = """{"amount": 11}""" }).Sets)[
                    0
                ]
                .Text
        );

    [Fact]
    public void Find_OfHours_SaysWhen() =>
        Assert.Equal("wait until 2030-01-02T13:00Z", Assert.Single(Find(new World { Hours = Day }).Sets)[0].Text);

    [Fact]
    public void Find_OfHoursThatNeverMeet_FindsNothing() =>
        Assert.Empty(Find(new World { Hours = Day, PermissionHours = "timezone: UTC, from: \"01:00\", to: \"02:00\"" }).Sets);

    [Fact]
    public void Find_OfADocumentsDemotion_EndsWhatTriggersIt()
    {
        var world = new World
        {
            Action = "write",
            Finding = "low",
            Demote = "on: [open_findings], to: L1",
        };

        Assert.Contains(Find(world).Sets, set => set is [{ Text: "close the finding 'problem'" }]);
    }

    [Theory]
    [InlineData("elsewhere", null)]
    [InlineData("demo", "ghost")]
    public void Find_OfWhatNobodyDeclares_FindsNothing(string tenant, string? operation)
    {
        var found = Find(new World { IntentTenant = tenant, IntentOperation = operation });

        Assert.False(found.AlreadyAllowed);
        Assert.Empty(found.Sets);
        Assert.False(found.IsCutOff);
    }

    [Fact]
    public void Find_WithMoreGapsThanASetHolds_SaysThatNobodyLookedFurther()
    {
        var found = Find(
            new World
            {
                Permission = false,
                OperationPurposes = "billing",
                Capabilities = "",
                Action = "code",
                Transaction = "amount: /amount, max: 1",
                Level = "L1",
            }
        );

        Assert.Empty(found.Sets);
        Assert.True(found.LargerMayHelp);
    }

    [Fact]
    public void Find_AtItsBound_SaysSo()
    {
        var world = new World
        {
            Permission = false,
            HumanOwner = null,
            SecurityOwner = null,
            Gate = AnyGate,
        };

        var found = ChangeSearch.Find(world.Compile(), world.Intent(), world.Facts, maxJudged: 3);

        Assert.True(found.IsCutOff);
    }

    [Fact]
    public void Find_WithHostedTools_NeedsEachPartAllowed()
    {
        var world = new World
        {
            IsModel = true,
            HostedTools = ["{name: web_search, action: external, risk: low}"],
            Door = Door.OpenAi,
        };

        var set = Assert.Single(Find(world).Sets);

        Assert.Equal("cover 'system/web_search' (external) with an active ApprovalGate", Assert.Single(set).Text);
    }

    private static WouldAllow Find(World world) => ChangeSearch.Find(world.Compile(), world.Intent(), world.Facts);
}
