using static Gateway.Authoring.Conformance.AtfStanding;
using static Gateway.Policy.Model.AtfLevel;

namespace Gateway.Authoring.Conformance;

/// <summary>
/// The 25 core requirements of the Agentic Trust Framework 0.9.1, as data. From which level on each is a must is the table "Maturity Level
/// Requirements" of its CONFORMANCE.md. No row says more than its test shows.
/// </summary>
public static class AtfRequirements
{
    /// <summary>In the framework's order.</summary>
    public static IReadOnlyList<AtfRequirement> All { get; } =
    [
        new(
            "I-1",
            L1,
            Met,
            "every agent has an id of its own that never changes",
            "name, unique in its tenant; all records carry it. Who has records needs a document, be it of a retired agent",
            "EvaluatorTests.Evaluate_ForAnAgentThatIsNotRegisteredThere_BlocksAtOnceAsCritical",
            IdentityFindings.Identifier
        ),
        new(
            "I-2",
            L2,
            Met,
            "the id is bound to cryptographic credentials",
            "HMAC or ECDSA request signatures; a bearer key acts at a lower level. Partly where `bearerTools` is on or a bearer key "
                + "was used",
            "EffectiveLevelTests.Bearer_ActsNoHigherThanTheProfileLets",
            IdentityFindings.Credentials
        ),
        new(
            "I-3",
            L1,
            Met,
            "somebody owns it and answers for it",
            "controls 3 and 4. Partly with one of the two `owners`",
            "EvaluatorTests.Evaluate_WithoutAnOwner_NeedsAnApproval",
            IdentityFindings.Owners
        ),
        new(
            "I-4",
            L1,
            Met,
            "its purpose is declared",
            "`purpose`, and `purposes`: an operation can serve named purposes only",
            "PermissionControlTests.Operation_ThatServesNoPurposeOfTheAgent_FailsControl6",
            IdentityFindings.Purpose
        ),
        new(
            "I-5",
            L3,
            Met,
            "its capabilities are listed for machines",
            "`capabilities`, with a digest of the list",
            "PermissionControlTests.Operation_OutsideTheCapabilities_FailsControl6",
            IdentityFindings.Capabilities
        ),
        new(
            "B-1",
            L1,
            Met,
            "every action is logged, for machines to read",
            "the journal. Not where a permission is without `auditLogging`, or the journal isn't whole",
            "JournalRecordTests.Decision_WithEverything_IsWrittenInOneForm",
            BehaviourFindings.Logging
        ),
        new(
            "B-2",
            L1,
            Met,
            "every action is tied to an agent and a session",
            "agent, key, session, trace and request id in each record. Partly where an agent doesn't name its session, or there is no "
                + "journal to see it in",
            "JournalRecordTests.Decision_WithEverything_IsWrittenInOneForm",
            BehaviourFindings.Attribution
        ),
        new(
            "B-3",
            L2,
            Partly,
            "it is known what is normal for the agent",
            "`hours` say when it works; a `Trigger` on `baseline` learns its operations, volumes and hours, anew after each start",
            "WorkingHoursTests.Contains_InADay_FollowsTheClockOnTheWall",
            BehaviourFindings.Baseline
        ),
        new(
            "B-4",
            L3,
            Partly,
            "deviations are noticed",
            "limits refuse what is too much (`concurrency` isn't `none`); a `Trigger` on `baseline` notices what it never did before",
            "AgentLimitsTests.Nothing_said_is_never_no_limit",
            BehaviourFindings.Anomalies
        ),
        new(
            "B-5",
            L3,
            Partly,
            "the reasons of a decision can be had",
            "the path of Gateway's own decisions, where each rule that refuses has `reason_codes`; not the agent's reasoning",
            "EvaluatorTests.Evaluate_WhenEverythingPasses_AllowsWithAnEntryForEachControlInOrder",
            BehaviourFindings.Reasons
        ),
        new(
            "D-1",
            L2,
            Partly,
            "inputs have the expected structure and types",
            "strict JSON and model bodies, media types, sizes, amounts, where `requestTypes` are JSON; no schema of a tool's arguments yet",
            "TransactionAmountTests.Amount_ThatIsMissingOrCouldBeReadInTwoWays_IsNotRead",
            DataFindings.Inputs
        ),
        new(
            "D-2",
            L2,
            Partly,
            "prompt injection is noticed",
            "no screening yet: the wall is what an agent may do. A passed `RedTeamTest` and a tested `Playbook` for `prompt_injection`",
            "EvidenceControlsTests.Playbooks_ThatWereNotTriedInTime_AreMissing_EachByName",
            DataFindings.Injection
        ),
        new(
            "D-3",
            L1,
            Partly,
            "personal data is found and masked",
            "declared classes move only along a documented `DataFlow`; no detection in the content yet",
            "EvaluatorTests.Evaluate_ForRegulatedData_WantsAFlowForEveryClass",
            DataFindings.PersonalData
        ),
        new(
            "D-4",
            L3,
            Partly,
            "outputs have the expected structure and content",
            "type and size (`responseBytes` up to 16 MiB); not the content",
            "HeldCopyTests.Answer_that_grows_over_the_limit_is_cut_and_not_ended",
            DataFindings.Outputs
        ),
        new(
            "D-5",
            L4,
            Partly,
            "the provenance of data is tracked",
            "a profile with `dataDeclared`: classes of data are said of what leaves. Digests in the journal tie actions "
                + "together; no lineage",
            "EvidenceControlsTests.AnExternalActionWithoutDataClasses_FailsWhereTheProfileWantsThem",
            DataFindings.Lineage
        ),
        new(
            "S-1",
            L1,
            Met,
            "permitted resources are listed",
            "connectors, operations, egress hosts. Partly where a permission's `operations` are `\"*\"`",
            "EvaluatorTests.Evaluate_ForWhatIsNotGrantedOrNotThere_BlocksAsNotPermitted",
            SegmentationFindings.Resources
        ),
        new(
            "S-2",
            L1,
            Met,
            "permitted actions are listed",
            "the boundary table of a `level` that is assigned and backed; tool permissions, hours",
            "BoundaryTableTests.AtfStrict_ForAJunior_ExecutesNothingWithoutApproval",
            SegmentationFindings.Actions
        ),
        new(
            "S-3",
            L2,
            Met,
            "operations per time are limited",
            "rates of tenant, agent and connector. Not where the agent's `rate` is `none`",
            "SharedStateContract.Rate_InARush_NeverAdmitsMoreThanItsBurstAndWhatTimeGives",
            SegmentationFindings.Rate
        ),
        new(
            "S-4",
            L3,
            Met,
            "the impact of one action is limited",
            "`transaction` of operations and permissions, for everything financial; sizes",
            "GovernedAgentTests.An_amount_over_its_limit_or_unreadable_never_reaches_the_tool",
            SegmentationFindings.Transactions
        ),
        new(
            "S-5",
            L3,
            Partly,
            "the impact of all actions together is limited, and does not cascade",
            "`cumulative` amount and calls, concurrency, budgets; `children` (depth and fan-out) is checked and not enforced, since agents "
                + "can't have children yet",
            "GovernedAgentTests.Racing_transactions_never_pass_the_cumulative_amount_and_refused_ones_give_theirs_back",
            SegmentationFindings.Cumulative
        ),
        new(
            "R-1",
            L2,
            Met,
            "repeated failures halt it",
            "a `Trigger` on `refusals` in `enforce` halts an agent whose actions keep being blocked; a `breaker` leaves a failing system "
                + "alone, unless its `failureRatio` is 1. Partly without the trigger",
            "TriggerTests.Repeated_refusals_suspend_the_agent_on_both_replicas_on_record_and_end_what_runs",
            IncidentFindings.Breaker
        ),
        new(
            "R-2",
            L1,
            Met,
            "a person can stop it within a second",
            "`gateway agents suspend` ends what runs too. Partly without a tested `Playbook` for `rogue_agent`, by which people know when",
            "StreamEndTests.Suspended_agents_stream_ends_with_an_error_event",
            IncidentFindings.KillSwitch
        ),
        new(
            "R-3",
            L3,
            Met,
            "all its sessions can be ended",
            "suspend the agent, or revoke a key. Partly without a tested `Playbook` for `unauthorised_action`",
            "StreamEndTests.Revoked_keys_stream_ends_with_an_error_event_and_no_other_does",
            IncidentFindings.Sessions
        ),
        new(
            "R-4",
            L4,
            Partly,
            "what it did can be undone where possible",
            "operations are `reversible`, or their permission has `humanApproval`; undoing is the systems' own",
            "EvaluatorTests.Evaluate_WherePermissionWantsHumanApproval_AsksForIt",
            IncidentFindings.Undoing
        ),
        new(
            "R-5",
            L3,
            Met,
            "it falls to less autonomy when something is wrong",
            "`demote` by what documents say, `gateway agents demote` at run time, degrade. Partly without `demote`",
            "GovernedAgentTests.A_demotion_at_run_time_counts_at_the_next_request_and_is_in_the_record",
            IncidentFindings.LessAutonomy
        ),
    ];

    /// <summary>What the framework demands at a level and Gateway alone can't meet in full, whatever documents say.</summary>
    public static IReadOnlyList<AtfRequirement> BeyondGatewayAt(Policy.Model.AtfLevel level) =>
        [.. All.Where(requirement => requirement.MustFrom <= level && requirement.Most != Met)];
}
