using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads <c>kind: NotificationChannel</c>. A field that its type doesn't use is an unknown one, so that nothing is promised and not done.
/// </summary>
internal static class NotificationChannelDocument
{
    private const int MaxSecrets = 3;
    private const int MaxRecipients = 50;

    public static NotificationChannel Read(DocumentHeader header, MappingReader spec)
    {
        var type = spec.Required("type", Vocabulary.ChannelType.Format);
        var unencrypted = spec.Optional("allowUnencrypted", Formats.Bool, false);
        return new NotificationChannel
        {
            Tenant = header.Tenant,
            Name = header.Name.ToString(),
            Type = type,
            Url = type is ChannelType.Webhook or ChannelType.Slack ? ReadAddress(spec, type, unencrypted) : null,
            Secrets =
                type == ChannelType.Webhook ? spec.List("secrets", CredentialFormats.Reference, fallback: null, least: 1, MaxSecrets) : [],
            Smtp = type == ChannelType.Email ? ReadServer(spec, unencrypted) : null,
            To = type == ChannelType.Email ? spec.List("to", ChannelFormats.Mail, fallback: null, least: 1, MaxRecipients) : [],
            Events = spec.List(
                "events",
                Vocabulary.NoticeEvent.Format,
                [NoticeEvent.ApprovalAsked, NoticeEvent.ApprovalBrokenGlass],
                least: 1
            ),
            Groups = spec.References<ApproverGroup>("groups", DocumentKinds.ApproverGroup, []),
            Scope = spec.Optional("scope", Vocabulary.Scope.Format, TargetScope.External),
            AllowUnencrypted = unencrypted,
            Source = header.Source,
        };
    }

    private static ChannelAddress? ReadAddress(MappingReader spec, ChannelType type, bool unencrypted)
    {
        var url = spec.Required("url", ChannelFormats.Address);
        if (url?.Plain is not { } plain)
        {
            return url;
        }

        if (type == ChannelType.Slack)
        {
            spec.Fail(
                "url",
                "Whoever knows the address of an incoming webhook can post there.",
                "Put it into a vault: vault://local/slack#url."
            );
        }
        else if (!unencrypted && !ChannelAddress.IsPrivate(plain))
        {
            spec.Fail("url", "What is told could be read on the way.", "Use https, or say 'allowUnencrypted: true'.");
        }

        return url;
    }

    private static MailServer? ReadServer(MappingReader spec, bool unencrypted)
    {
        spec.FailUnlessPresent("smtp", "Say which server takes the mail: smtp with host and from.");
        return spec.Section("smtp", section => ReadServer(section, spec, unencrypted));
    }

    private static MailServer ReadServer(MappingReader section, MappingReader spec, bool unencrypted)
    {
        var tls = section.Optional("tls", Vocabulary.MailTls.Format, MailTls.StartTls);
        var server = new MailServer(
            section.Required("host", ChannelFormats.Host),
            section.Optional("port", Formats.Integer(1, 65535), tls == MailTls.Implicit ? 465 : 587),
            tls,
            section.Required("from", ChannelFormats.Mail),
            section.OptionalText("username", Formats.Text(256)),
            section.Has("password") ? section.Required("password", CredentialFormats.Reference) : null
        );
        if (server.Username is null != server.Password is null)
        {
            section.Fail(server.Username is null ? "password" : "username", "One is no use without the other.", "Give both, or neither.");
        }

        if (tls == MailTls.None && server.Username is not null)
        {
            section.Fail("tls", "The password could be read on the way.", "Use starttls or implicit.");
        }
        else if (tls == MailTls.None && !unencrypted && server.Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            section.Fail("tls", "What is told could be read on the way.", "Use starttls or implicit, or say 'allowUnencrypted: true'.");
        }

        return server;
    }
}
