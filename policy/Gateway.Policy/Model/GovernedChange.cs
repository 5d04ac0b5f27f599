namespace Gateway.Policy.Model;

/// <summary>
/// What kind of thing changed that requests are judged by, or that proves how they were. The numbers lie in stores: none is used again.
/// </summary>
public enum GovernedChange
{
    /// <summary>Not known to this program: it may be anything.</summary>
    Unknown = 0,
    CredentialAdded = 1,
    CredentialRevoked = 2,

    /// <summary>An agent was suspended or activated.</summary>
    LifecycleSet = 3,

    /// <summary>The same credential under a newer key of Gateway's own. Whatever was cached of it still holds.</summary>
    CredentialResealed = 4,

    /// <summary>An agent was demoted, or its demotion lifted.</summary>
    LevelSet = 5,

    /// <summary>Another credential took its place; it holds until both have had their time together.</summary>
    CredentialReplaced = 6,

    /// <summary>A secret of the vault was stored or replaced.</summary>
    SecretPut = 7,
    SecretRemoved = 8,

    /// <summary>The vault's secrets lie under a newer key of Gateway's own.</summary>
    SecretsResealed = 9,

    /// <summary>The keys of kept bodies are put under a newer key of Gateway's own.</summary>
    BodyKeysResealed = 10,

    /// <summary>Governance documents came into force.</summary>
    GovernanceLoaded = 11,

    /// <summary>Governance documents were refused; the ones before stay in force.</summary>
    GovernanceRejected = 12,

    /// <summary>How long the journal keeps its segments.</summary>
    RetentionSet = 13,

    /// <summary>A segment of the journal was past its retention and is removed.</summary>
    SegmentRemoved = 14,

    /// <summary>An operator asked for a change; what became of it is on record by itself.</summary>
    OperationAsked = 36,

    /// <summary>Nothing changed: an operator asked for a change and may not.</summary>
    OperationRefused = 37,

    OperatorAdded = 40,

    /// <summary>An operator's roles, person, password or standing.</summary>
    OperatorSet = 41,
    OperatorRemoved = 42,
    TokenAdded = 43,
    TokenRevoked = 44,
    SignedIn = 45,
    SignedOut = 46,

    /// <summary>Nothing changed: somebody couldn't sign in.</summary>
    SignInRefused = 47,

    /// <summary>A key was made that makes a tenant's first operator.</summary>
    SetupOrdered = 48,

    /// <summary>Nothing changed: an operator read what is to be approved.</summary>
    ViewRead = 49,

    /// <summary>People are asked to approve an action.</summary>
    ApprovalAsked = 50,

    /// <summary>One of them said yes or no.</summary>
    ApprovalVoted = 51,

    /// <summary>An approval expired, or was taken back.</summary>
    ApprovalEnded = 52,

    /// <summary>An approval was used.</summary>
    ApprovalUsed = 53,

    /// <summary>One person let an action go ahead in an emergency: an incident.</summary>
    BreakGlass = 54,

    /// <summary>An agent, a connector, an operation, a tenant or everything was stopped.</summary>
    KillSet = 60,

    /// <summary>It was let go on.</summary>
    KillLifted = 61,

    /// <summary>Nothing changed: somebody wanted to use what the tenant isn't entitled to, and was refused.</summary>
    UseRefused = 20,

    /// <summary>A trigger fired: it is about to suspend or demote its agent, or says that it would have.</summary>
    TriggerFired = 30,

    /// <summary>People could not be told of an approval: it lies in the dead letters.</summary>
    NoticeDead = 70,

    /// <summary>What lay in the dead letters is sent again.</summary>
    NoticeResent = 71,

    /// <summary>A store that was put back from a copy was held against the journal: what makes stricter was done again.</summary>
    StoreReconciled = 80,
}
