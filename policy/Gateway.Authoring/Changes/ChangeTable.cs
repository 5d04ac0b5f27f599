using System.Text;

namespace Gateway.Authoring.Changes;

/// <summary>The kinds of change as the documentation shows them.</summary>
internal static class ChangeTable
{
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| change | is |\n| --- | --- |\n");
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unspecified))
        {
            text.Append(null, $"| `{Words.Snake(kind.ToString())}` | {Meaning(kind)} |\n");
        }

        return text.ToString();
    }

    private static string Meaning(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Unspecified => "none",
            ChangeKind.RegisterAgent => "an Agent document: owned, active, at the lowest level that isn't blocked, with what backs it",
            ChangeKind.ActivateAgent => "`active` in the document, no suspension at run time",
            ChangeKind.AssignHumanOwner => "a named person in `owners.human`",
            ChangeKind.AssignSecurityOwner => "a named person in `owners.security`",
            ChangeKind.SignRequest => "a signature in place of a bearer key",
            ChangeKind.RegisterPermission => "a ToolPermission for the operation",
            ChangeKind.TurnOnHumanApproval => "`humanApproval` in the permission",
            ChangeKind.TurnOnAuditLogging => "`auditLogging` in the permission",
            ChangeKind.AllowBearerTools => "`bearerTools` for the agent",
            ChangeKind.DeclareCapability => "the operation in the agent's `capabilities`",
            ChangeKind.DeclarePurpose => "a purpose of the operation in the agent's `purposes`",
            ChangeKind.LimitTransaction => "a `transaction` limit in the permission, where the profile asks for one",
            ChangeKind.SetAmount => "an amount within the limit, once and readable",
            ChangeKind.WaitUntil => "the same request at a later moment, within the hours or after a promotion",
            ChangeKind.CloseFindings => "the findings and risks that fail the control, or demote the agent",
            ChangeKind.PassRedTeamTest => "a passed red-team test on record",
            ChangeKind.AddPlaybooks => "each Playbook that is missing, with an owner and tested",
            ChangeKind.LiftDemotion => "no demotion at run time",
            ChangeKind.RaiseLevel => "a higher level, or the assigned one backed",
            ChangeKind.DocumentDataFlow => "a DataFlow for the classes that have none",
            ChangeKind.CoverWithGate => "an active ApprovalGate for the operation",
            ChangeKind.RelaxRule => "a rule that no longer restricts the action",
            ChangeKind.ObtainApproval => "the approval of a gate's people",
        };
}
