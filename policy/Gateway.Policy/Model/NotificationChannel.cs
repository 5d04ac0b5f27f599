namespace Gateway.Policy.Model;

/// <summary>How people are told of approvals. A channel tells and does nothing else: nobody can approve by it.</summary>
public sealed record NotificationChannel
{
    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public required ChannelType Type { get; init; }

    /// <summary>Where a webhook's and Slack's go; null for e-mail.</summary>
    public ChannelAddress? Url { get; init; }

    /// <value>A webhook's, from 1 to 3: each message is signed with every one, so that they can be changed one after the other.</value>
    public IReadOnlyList<CredentialReference> Secrets { get; init; } = [];

    /// <summary>Which server e-mail goes to; null for the others.</summary>
    public MailServer? Smtp { get; init; }

    /// <value>Addresses of e-mail, from 1 to 50.</value>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>What it tells, at least one.</summary>
    public required IReadOnlyList<NoticeEvent> Events { get; init; }

    /// <summary>Whose approvals it tells of; empty for everybody's.</summary>
    public IReadOnlyList<Id<ApproverGroup>> Groups { get; init; } = [];

    /// <summary>Whether a name may stand for an address of one's own network.</summary>
    public TargetScope Scope { get; init; }

    /// <summary>Whether it may go without encryption to another machine.</summary>
    public bool AllowUnencrypted { get; init; }

    public required SourcePosition Source { get; init; }

    /// <summary>Whether it tells an event of what these groups may approve.</summary>
    public bool Tells(NoticeEvent what, IEnumerable<string> groups) =>
        Events.Contains(what) && (Groups.Count == 0 || groups.Any(group => Groups.Any(own => own.ToString() == group)));
}

/// <summary>By what a channel tells.</summary>
public enum ChannelType
{
    Unspecified = 0,

    /// <summary>A signed POST, as Standard Webhooks has it.</summary>
    Webhook = 1,

    /// <summary>An incoming webhook of Slack's, or of what understands the same.</summary>
    Slack = 2,

    /// <summary>E-mail, by SMTP.</summary>
    Email = 3,
}

/// <summary>What people can be told of. The numbers lie in stores.</summary>
public enum NoticeEvent
{
    Unknown = 0,

    /// <summary>People are asked to approve an action.</summary>
    ApprovalAsked = 1,

    /// <summary>They approved or denied it.</summary>
    ApprovalDecided = 2,

    /// <summary>It expired or was taken back.</summary>
    ApprovalEnded = 3,

    /// <summary>One person let it go ahead in an emergency.</summary>
    ApprovalBrokenGlass = 4,
}

/// <summary>A server that takes e-mail. Holds no secret.</summary>
/// <param name="From">Who it is from.</param>
/// <param name="Username">Null where the server asks for none.</param>
/// <param name="Password">Its reference; null where there is no user name.</param>
public sealed record MailServer(string Host, int Port, MailTls Tls, string From, string? Username, CredentialReference? Password);

/// <summary>How the connection to a mail server is encrypted.</summary>
public enum MailTls
{
    /// <summary>Nobody said it: nothing is sent.</summary>
    Unspecified = 0,

    /// <summary>By STARTTLS, which the server must offer (RFC 3207).</summary>
    StartTls = 1,

    /// <summary>From the first byte (RFC 8314).</summary>
    Implicit = 2,

    /// <summary>Not at all.</summary>
    None = 3,
}
