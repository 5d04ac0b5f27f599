using Gateway.Policy.Model;

namespace Gateway.Proxy.Tests.Architecture;

/// <summary>What nobody set refuses, or counts as the strictest.</summary>
public sealed class ZeroValueTests
{
    /// <summary>Says that nothing was said; whoever reads it refuses or takes the strictest.</summary>
    private static readonly string[] Nothing = ["None", "Unspecified", "Unknown", "Unassigned"];

    /// <summary>Zero values that say something: the strictest there is.</summary>
    private static readonly Dictionary<string, string> Strictest = new()
    {
        ["Gateway.Policy.Model.Verdict"] = "Block",
        ["Gateway.Policy.Model.CheckOutcome"] = "Fail",
        ["Gateway.Policy.Model.Severity"] = "Critical",
        ["Gateway.Policy.Model.TargetScope"] = "External",
        ["Gateway.Policy.Model.Sends"] = "Content",
        ["Gateway.Policy.Model.BoundaryEffect"] = "Block",
        ["Gateway.Policy.Model.AddressSpace"] = "Reserved",
        ["Gateway.Policy.Model.BodyForm"] = "Digest",
        ["Gateway.Policy.Model.Spelling"] = "Loose",
        ["Gateway.Policy.Model.UnknownMembers"] = "Refuse",
        ["Gateway.Policy.Model.TriggerEffect"] = "Suspend",
        ["Gateway.Policy.Model.TriggerMode"] = "Enforce",
        ["Gateway.Policy.Model.EvidenceStanding"] = "Never",
        ["Gateway.Policy.Evaluation.FailureEffect"] = "Stop",
        ["Gateway.Authoring.Conformance.AtfStanding"] = "NotMet",
        ["Gateway.Evidence.Log.Durability"] = "Synced",
        ["Gateway.Evidence.Log.Files.LogProblemKind"] = "Unreadable",
        ["Gateway.Evidence.Snapshots.RederivationStatus"] = "Unreadable",
        ["Gateway.Evidence.Records.OutcomeStatus"] = "OutcomeUnknown",
        ["Gateway.Cli.Gating.GateProfile"] = "OssProd",
        ["Gateway.Connectors.Contracts.AdmissionOutcome"] = "Unavailable",
        ["Gateway.Policy.Rules.Documents.RuleCombine"] = "Strictest",
        ["Gateway.Cel.Evaluation.CelTruth"] = "Error",
        ["Gateway.Policy.Rules.Evaluation.CheckStatus"] = "Invalid",
        ["Gateway.Policy.Rules.Evaluation.ConditionAnswer"] = "Error",
        ["Gateway.Policy.Rules.Evaluation.KillSwitchStatus"] = "Unavailable",
        ["Gateway.Policy.Rules.Evaluation.McpSnapshotStatus"] = "Unavailable",
        ["Gateway.Policy.Rules.Evaluation.RuleFit"] = "Uncertain",
        ["Gateway.Proxy.Identity.SignatureReadingKind"] = "Refused",
        ["Gateway.Proxy.Identity.TagSearch"] = "Malformed",
        ["Gateway.Proxy.Identity.StructuredFields.ReadStep"] = "Malformed",
        ["Gateway.Cli.Diagnosis.FindingStatus"] = "Fail",
        ["Gateway.Proxy.Responses.Ending"] = "OutcomeUnknown",
        ["Gateway.Proxy.Forwarding.SystemFault"] = "Unreachable",
    };

    /// <summary>Zero values that decide nothing, and why.</summary>
    private static readonly Dictionary<string, string> DecidesNothing = new()
    {
        ["Gateway.Connectors.Contracts.StreamEvent"] = "What kind of event of an answer it is: an ordinary one.",
        ["Gateway.Connectors.Models.AnswerKind"] = "The same, one level below.",
        ["Gateway.Connectors.Models.ItemReader+Member"] = "A member of an item that isn't one of those looked for.",
        ["Gateway.Proxy.FrontDoor.Listener"] = "Whose connections a count is of.",
        ["Gateway.Policy.Model.LimitOrigin"] = "Who says a limit, for people to read: the limit itself holds whoever says it.",
        ["Gateway.Policy.Rules.Documents.RuleDialect"] = "Which of two formats a file is read as; both are read strictly.",
        ["Gateway.Cel.Text.CelErrorKind"] = "What kind of error it is: any of them ends the expression.",
        ["Gateway.Cel.Values.CelTypeKind"] = "A type of which nothing is known, so that every use of it is checked when it runs.",
        ["Gateway.Cel.Syntax.ComprehensionKind"] = "Which macro an expression came from.",
        ["Gateway.Cel.Syntax.TokenKind"] = "The end of the text, behind which nothing is read.",
        ["Gateway.Cel.Values.CelKind"] = "No value at all: nothing takes it.",
        ["Gateway.Cli.Results.ExitCode"] = "Every operating system has 0 for success.",
    };

    [Fact]
    public void Enums_HaveAZeroValueThatRefuses() => Offences.AssertNone(Product.Types.Where(type => type.IsEnum).SelectMany(EnumOffences));

    [Fact]
    public void Enum_WhoseZeroAllows_IsFound()
    {
        Assert.Single(EnumOffences(typeof(Violations.Answer)));
        Assert.Single(EnumOffences(typeof(Violations.Unnamed)));
    }

    [Fact]
    public void Decision_OfNobody_Blocks() => Assert.Equal(Verdict.Block, new Decision { Reasons = [] }.Verdict);

    [Fact]
    public void Result_OfNobody_IsARefusal()
    {
        Assert.False(default(Result<string>).TryGet(out _, out var refusal));
        Assert.Equal(503, Reasons.Of(refusal.Reason).Status);
    }

    private static IEnumerable<string> EnumOffences(Type type)
    {
        var zero = Enum.GetName(type, Enum.ToObject(type, 0));
        if (zero is null)
        {
            yield return $"{type.FullName} has no name for zero. Name it None, Unspecified or Unknown, and refuse it.";
        }
        else if (
            !Nothing.Contains(zero)
            && zero != Strictest.GetValueOrDefault(type.FullName!)
            && !DecidesNothing.ContainsKey(type.FullName!)
        )
        {
            yield return $"{type.FullName} is {zero} when nobody set it. Let zero refuse, or say in ZeroValueTests why it does.";
        }
    }
}
