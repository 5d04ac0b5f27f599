using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class EvaluatorPropertyTests
{
    private static readonly string[] Levels = ["L1", "L2", "L3", "L4"];
    private static readonly string[] Risks = ["low", "medium", "high", "critical"];
    private static readonly string[] Actions = ["read", "write", "external", "financial", "code", "delete", "admin"];
    private static readonly string?[] Gates =
    [
        null,
        "active: true",
        "active: false",
        "active: true, actions: [external, financial]",
        "active: true, always: true",
        "active: true, dataClasses: [pii]",
    ];

    /// <summary>Each makes one more control fail, or takes something away. None may ever help.</summary>
    private static readonly (string Name, Func<World, World> Apply)[] Harms =
    [
        ("remove the human owner", w => w with { HumanOwner = null }),
        ("remove the security owner", w => w with { SecurityOwner = null }),
        ("suspend the agent", w => w with { Status = "suspended" }),
        ("suspend the agent at run time", w => w with { StoredStatus = LifecycleStatus.Suspended }),
        ("lower the level", w => w with { Level = w.Level is null or "L1" ? null : Levels[Array.IndexOf(Levels, w.Level) - 1] }),
        ("remove the level", w => w with { Level = null }),
        ("remove the permission", w => w with { Permission = false }),
        ("turn audit logging off", w => w with { AuditLogging = false }),
        ("demand human approval", w => w with { HumanApproval = w.Risk != "critical" || w.HumanApproval }),
        ("reduce to a dry run", w => w with { DryRun = true }),
        ("remove the data flow", w => w with { Flow = null }),
        ("remove the playbooks", w => w with { Playbooks = [] }),
        ("fail the red-team test", w => w with { RedTeamPassed = false }),
        ("open a critical finding", w => w with { Finding = "critical" }),
        ("open a critical risk", w => w with { OpenRisk = "critical" }),
        ("raise the agent's risk", w => w with { AgentRisk = "critical" }),
        ("weaken the proof", w => w with { Strength = w.Strength == AuthStrength.Signed ? AuthStrength.Bearer : AuthStrength.None }),
        ("claim personal data", w => w with { Claimed = w.Claimed | DataClasses.Pii }),
        ("claim public data", w => w with { Claimed = w.Claimed | DataClasses.Public }),
        ("take the gate away", w => w with { Gate = w.Gate?.Contains("always", StringComparison.Ordinal) == true ? w.Gate : null }),
        (
            "make the gate insist",
            w => w with { Gate = w.Gate?.Contains("always", StringComparison.Ordinal) == false ? w.Gate + ", always: true" : w.Gate }
        ),
        ("move the target outside", w => w with { Scope = "external" }),
        ("judge by atf-strict", w => w with { Profile = "atf-strict" }),
        (
            "judge by a stricter profile of one's own",
            w =>
                w with
                {
                    Profile = "own",
                    More =
                        "apiVersion: gateway/v1\nkind: Profile\nmetadata: {tenant: demo, name: own}\n"
                        + $"spec: {{base: {w.Profile}, boundary: [{{levels: [L1, L2], actions: [read], targets: [external], "
                        + "effect: block}], binds: {rate: L2}}\n",
                }
        ),
        ("demote at run time", w => w with { StoredLevel = AtfLevel.L1 }),
        ("demote to nothing at run time", w => w with { StoredLevel = AtfLevel.Unassigned }),
        (
            "demote for findings",
            w => w with { Demote = "on: [open_findings, open_critical_risk, failed_red_team_test], to: L1", Finding = w.Finding ?? "low" }
        ),
        ("remove the promotions", w => w with { Promotions = "" }),
        ("remove a signature", w => w with { Promotions = w.Promotions.Replace("[Cy, Di]", "[Cy]", StringComparison.Ordinal) }),
        ("remove the purpose", w => w with { Purpose = null }),
        ("remove the limits", w => w with { Rate = false, Cumulative = null }),
        ("lower the cumulative limit", w => w with { Cumulative = w.Cumulative is null ? null : "calls: 1, per: 1d" }),
        (
            "remove the manifest that holds the operation",
            w => w.Profile == "atf-strict" && w.Capabilities == "system/act" ? w with { Capabilities = null } : w
        ),
        ("take the operation out of the manifest", w => w with { Capabilities = "" }),
        ("serve another purpose", w => w with { OperationPurposes = "elsewhere" }),
        (
            "narrow the agent's hours",
            w => w with { Hours = w.Hours is null ? Day : Day.Replace("18:00", "12:00", StringComparison.Ordinal) }
        ),
        (
            "narrow the permission's hours",
            w => w with { PermissionHours = w.PermissionHours is null ? Day : Day.Replace("08:00", "12:01", StringComparison.Ordinal) }
        ),
        ("work another day", w => w with { Hours = Day + ", days: [sun]" }),
        ("forget the time", w => w with { Now = default }),
        ("lower the transaction limit", w => w with { Transaction = w.Transaction?.Replace("100", "1", StringComparison.Ordinal) }),
        // Under atf-strict a first limit is what a level asks for, so there only a second one is a harm.
        (
            "limit the permission's transactions",
            w => w.Profile == "gamut" || w.Transaction is not null ? w with { PermissionTransaction = "amount: /amount, max: 1" } : w
        ),
        (
            "limit to another currency",
            w => w.Transaction is null ? w : w with { Transaction = w.Transaction + ", currency: /currency is EUR" }
        ),
        ("raise the amount", w => w with { Arguments = """{"amount": 1000}""" }),
        ("lose the arguments", w => w with { Arguments = "" }),
        ("ask from another workspace", w => w with { IntentWorkspace = "other" }),
    ];

    private const string Day = "timezone: UTC, from: \"08:00\", to: \"18:00\"";

    [Fact]
    public void Harm_OfAnyKindInAnyWorld_NeverGivesALaxerVerdict() =>
        Prop.ForAll(
                Worlds().SelectMany(world => Gen.Elements(Harms).Select(harm => (world, harm))).ToArbitrary(),
                c =>
                {
                    var (before, after) = (c.world.Judge(), c.harm.Apply(c.world).Judge());
                    return (after.Verdict <= before.Verdict).Label($"{c.harm.Name}: {before.Verdict} became {after.Verdict} in {c.world}");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Decision_InAnyWorld_AllowsOnlyWhenNothingFailedAndExplainsItselfOtherwise() =>
        Prop.ForAll(
                Worlds().ToArbitrary(),
                world =>
                {
                    var decision = world.Judge();
                    var passes = decision.Verdict is Verdict.Allow or Verdict.Degrade;
                    return passes == (decision.Reasons.Count == 0)
                        && (!passes || decision.Path.All(e => e.Outcome != CheckOutcome.Fail))
                        && (decision.Verdict == Verdict.RequireApproval) == (decision.Approvals.Count > 0)
                        && (decision.Verdict == Verdict.Degrade) == (passes && decision.Obligations.Reduces);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Approval_InAnyWorld_OpensNothingThatBlocks_AndOnlyWhatNeedsOne() =>
        Prop.ForAll(
                Worlds().ToArbitrary(),
                world =>
                {
                    const string group =
                        "apiVersion: gateway/v1\nkind: ApproverGroup\nmetadata: {tenant: demo, name: owners}\nspec: {members: [cy]}\n";
                    var governed = world with { More = world.More is null ? group : $"{world.More}---\n{group}" };
                    var (before, after) = (governed.Judge(), governed.Approved("cy"));
                    return before.Verdict switch
                    {
                        Verdict.Block => after.Verdict == Verdict.Block && !after.Approved,
                        Verdict.RequireApproval => after.Approved == after.Verdict > Verdict.RequireApproval,
                        _ => after.Verdict == before.Verdict,
                    };
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<World> Worlds() =>
        from level in Gen.Elements(Levels)
        from action in Gen.Elements(Actions)
        from risk in Gen.Elements(Risks)
        from scope in Gen.Elements("internal", "external")
        from data in Gen.Elements("", "pii", "pii, public", "critical")
        from gate in Gen.Elements(Gates)
        from bits in Gen.Choose(0, 255)
        from agentRisk in Gen.Elements(Risks)
        from more in Gen.Choose(0, 255)
        select Governed(
            more,
            new World
            {
                Level = level,
                Action = action,
                Risk = risk,
                Scope = scope,
                Data = data,
                Gate = gate,
                AgentRisk = agentRisk,
                Flow = (bits & 1) != 0 ? "pii, critical" : null,
                HumanApproval = (bits & 2) != 0,
                DryRun = (bits & 4) != 0,
                SecurityOwner = (bits & 8) != 0 || (bits & 16) != 0 ? "Ben" : null,
                Finding = (bits & 96) == 96 ? "critical" : null,
                BearerTools = (bits & 32) != 0,
                Strength = (bits & 192) == 192 ? AuthStrength.Bearer : AuthStrength.Signed,
            }
        );

    /// <summary>Half of the worlds under <c>atf-strict</c>, most with all that it asks for; limits and hours in both.</summary>
    private static World Governed(int bits, World world)
    {
        world = (bits & 1) != 0 ? world.Strictly() : world;
        world = (bits & 6) == 6 ? world with { Promotions = "", Cumulative = null } : world;
        return world with
        {
            Transaction = (bits & 8) != 0 ? "amount: /amount, max: 100" : world.Transaction,
            Arguments = (bits & 16) != 0 ? """{"amount": 50}""" : """{"amount": 0.5}""",
            Hours = (bits & 32) != 0 ? Day : null,
            PermissionHours = (bits & 64) != 0 ? Day : null,
            Purposes = (bits & 128) != 0 ? "support" : "",
            Capabilities = (bits & 192) == 192 ? "system/act" : world.Capabilities,
        };
    }
}
