using Gateway.Administration.SignIn;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using static Gateway.Connectors.Contracts.OperatorRoles;

namespace Gateway.Administration.Operations;

/// <summary>Every operation of the operators' API: what has no row can't be called.</summary>
internal static class OperationTable
{
    private const OperatorRoles Seeing = Viewer | Auditor | Approver | OperatorRoles.Operator | SecurityAdmin | TenantAdmin;

    /// <summary>Who may let an action go ahead in an emergency sees it first.</summary>
    private const OperatorRoles Judging = Viewer | Auditor | Approver | OperatorRoles.Operator | SecurityAdmin | OperatorRoles.BreakGlass;

    public static IReadOnlyList<AdminOperation> All { get; } =
    [
        new("POST", "/setup", SessionOperations.SetUpAsync, "Make the tenant's first operator, with a key that is good for that once")
        {
            Access = OperationAccess.Anybody,
            Answers = typeof(SessionView),
        },
        new("POST", "/sign-in", SessionOperations.SignInAsync, "Sign in by password: begin a session, held by a cookie")
        {
            Access = OperationAccess.Anybody,
            Answers = typeof(SessionView),
        },
        new("GET", "/session", SessionOperations.Show, "Say who is signed in, and what each change of theirs must carry")
        {
            Access = OperationAccess.Everybody,
            Answers = typeof(SessionView),
        },
        new("DELETE", "/session", SessionOperations.SignOutAsync, "Sign out") { Access = OperationAccess.Everybody },
        new("PUT", "/session/password", SessionOperations.SetPasswordAsync, "Change one's own password; all sessions end")
        {
            Access = OperationAccess.Everybody,
        },
        new("POST", "/session/proof", SessionOperations.ProveAsync, "Prove oneself again, for what wants that within minutes")
        {
            Access = OperationAccess.Everybody,
            Answers = typeof(SessionView),
        },
        new("GET", "/session/tokens", TokenOperations.ListOwnAsync, "List one's own tokens")
        {
            Access = OperationAccess.Everybody,
            Answers = typeof(TokenList),
        },
        new(
            "POST",
            "/session/tokens",
            TokenOperations.CreateOwnAsync,
            "Make a token for programs, which may do at most what one may oneself"
        )
        {
            Access = OperationAccess.Everybody,
            Fresh = true,
            Answers = typeof(NewToken),
            Creates = true,
        },
        new("DELETE", "/session/tokens/{id}", TokenOperations.RevokeOwnAsync, "Revoke one of one's own tokens")
        {
            Access = OperationAccess.Everybody,
        },
        new("GET", "/openapi.json", MetaOperations.OpenApiAsync, "This description") { Access = OperationAccess.Everybody },
        new("GET", "/events", EventOperations.FollowAsync, "Follow what changes, as server-sent events without content") { Roles = Seeing },
        new("GET", "/agents", AgentOperations.List, "List the agents") { Roles = Seeing, Answers = typeof(AgentList) },
        new("GET", "/agents/{agent}", AgentOperations.FindAsync, "Show how an agent stands")
        {
            Roles = Seeing,
            Answers = typeof(AgentView),
        },
        new("PUT", "/agents/{agent}/standing", AgentOperations.SetStandingAsync, "Suspend or demote an agent; a security-admin undoes it")
        {
            Roles = OperatorRoles.Operator | SecurityAdmin,
            Answers = typeof(AgentView),
        },
        new("GET", "/approvals", ApprovalOperations.ListAsync, "List what people were asked to approve, the newest first")
        {
            Roles = Judging,
            Query = ["limit", "cursor", "state"],
            Answers = typeof(ApprovalList),
        },
        new("GET", "/approvals/{id}", ApprovalOperations.FindAsync, "Show what became of an approval")
        {
            Roles = Judging,
            Answers = typeof(ApprovalSummary),
        },
        new(
            "GET",
            "/approvals/{id}/view",
            ApprovalOperations.ViewAsync,
            "Show exactly what is to be approved; a vote names the digest of these bytes"
        )
        {
            Roles = Auditor | Approver | SecurityAdmin | OperatorRoles.BreakGlass,
        },
        new("POST", "/approvals/{id}/votes", ApprovalOperations.VoteAsync, "Say yes or no to exactly one action")
        {
            Roles = Approver,
            Answers = typeof(ApprovalSummary),
        },
        new("POST", "/approvals/{id}/revocation", ApprovalOperations.RevokeAsync, "Take back an approval that wasn't used")
        {
            Roles = Approver | SecurityAdmin,
            Answers = typeof(ApprovalSummary),
        },
        new(
            "POST",
            "/approvals/{id}/break-glass",
            BreakGlassOperations.BreakAsync,
            "In an emergency, let exactly one action go ahead alone: it opens an incident"
        )
        {
            Roles = OperatorRoles.BreakGlass,
            Entitlement = Entitlement.BreakGlass,
            Fresh = true,
            Answers = typeof(ApprovalSummary),
        },
        new("GET", "/kills", KillOperations.ListAsync, "List what is stopped until somebody lifts it")
        {
            Roles = Seeing,
            Answers = typeof(KillList),
        },
        new(
            "POST",
            "/kills",
            KillOperations.SetAsync,
            "Stop an agent, a connector, an operation; a security-admin or tenant-admin: the tenant; a platform-admin: everything"
        )
        {
            Roles = OperatorRoles.Operator | SecurityAdmin | TenantAdmin | PlatformAdmin,
            Answers = typeof(KillView),
            Creates = true,
        },
        new(
            "DELETE",
            "/kills/{id}",
            KillOperations.LiftAsync,
            "Let go on what was stopped: of the tenant a tenant-admin too, of all only a platform-admin"
        )
        {
            Roles = SecurityAdmin | TenantAdmin | PlatformAdmin,
        },
        new("GET", "/notices", NoticeOperations.ListAsync, "List what people are told and what couldn't be told, the newest first")
        {
            Roles = OperatorRoles.Operator | SecurityAdmin | TenantAdmin | Auditor,
            Query = ["limit", "cursor", "state"],
            Answers = typeof(NoticeList),
        },
        new("POST", "/notices/{id}/resend", NoticeOperations.ResendAsync, "Send a dead letter again, under the id that it had")
        {
            Roles = OperatorRoles.Operator | SecurityAdmin | TenantAdmin,
            Answers = typeof(NoticeView),
        },
        new("GET", "/operators", OperatorOperations.ListAsync, "List the operators")
        {
            Roles = Auditor | TenantAdmin,
            Answers = typeof(OperatorList),
        },
        new("POST", "/operators", OperatorOperations.AddAsync, "Add an operator")
        {
            Roles = TenantAdmin,
            Fresh = true,
            Answers = typeof(OperatorView),
            Creates = true,
        },
        new("GET", "/operators/{name}", OperatorOperations.FindAsync, "Show an operator")
        {
            Roles = Auditor | TenantAdmin,
            Answers = typeof(OperatorView),
        },
        new(
            "PATCH",
            "/operators/{name}",
            OperatorOperations.ChangeAsync,
            "Change an operator's roles, person, password or standing; never one's own"
        )
        {
            Roles = TenantAdmin,
            Fresh = true,
            Answers = typeof(OperatorView),
        },
        new("DELETE", "/operators/{name}", OperatorOperations.RemoveAsync, "Remove an operator with all keys; never oneself")
        {
            Roles = TenantAdmin,
            Fresh = true,
        },
        new("GET", "/tokens", TokenOperations.ListAsync, "List the tokens of all operators")
        {
            Roles = Auditor | TenantAdmin,
            Answers = typeof(TokenList),
        },
        new("DELETE", "/tokens/{id}", TokenOperations.RevokeAsync, "Revoke a token") { Roles = TenantAdmin | SecurityAdmin },
    ];
}
