using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

/// <summary>Who is told by what: strictly read, and nothing of it a secret.</summary>
public sealed class NotificationChannelTests
{
    private const string Hook = "type: webhook, url: https://hooks.example.com/in/, secrets: [vault://local/hook#key]";
    private const string Mail = "type: email, to: [a@example.com]";

    [Fact]
    public void Channels_OfEachType_AreRead()
    {
        var channels = Compile(
            ("hook", $"{{{Hook}, groups: [finance], events: [approval_asked, approval_ended]}}"),
            (
                "mail",
                "{type: email, to: [a@example.com], smtp: {host: smtp.example.com, from: g@example.com, username: g, "
                    + "password: vault://local/mail#password}}"
            ),
            ("slack", "{type: slack, url: vault://local/slack#url}")
        );

        var (hook, mail, slack) = (channels[0], channels[1], channels[2]);
        Assert.Equal("https://hooks.example.com/in/", hook.Url!.Plain!.AbsoluteUri);
        Assert.Equal("vault://local/hook#key", hook.Secrets[0].ToString());
        Assert.Equal((587, MailTls.StartTls, "g"), (mail.Smtp!.Port, mail.Smtp.Tls, mail.Smtp.Username));
        Assert.Equal([NoticeEvent.ApprovalAsked, NoticeEvent.ApprovalBrokenGlass], mail.Events);
        Assert.Equal("vault://local/slack#url", slack.Url!.Secret!.ToString());
        Assert.True(hook.Tells(NoticeEvent.ApprovalEnded, ["finance"]));
        Assert.False(hook.Tells(NoticeEvent.ApprovalEnded, ["other"]));
        Assert.False(hook.Tells(NoticeEvent.ApprovalDecided, ["finance"]));
        Assert.True(slack.Tells(NoticeEvent.ApprovalAsked, ["other"]));
        Assert.False(slack.Tells(NoticeEvent.ApprovalEnded, ["other"]));
    }

    [Theory]
    [InlineData("{}", "spec.type", "missing")]
    [InlineData("{type: pigeon}", "spec.type", "not 'pigeon'")]
    [InlineData("{type: webhook, secrets: [vault://local/hook#key]}", "spec.url", "missing")]
    [InlineData("{type: webhook, url: https://hooks.example.com}", "spec.secrets", "missing")]
    [InlineData("{type: webhook, url: https://hooks.example.com, secrets: []}", "spec.secrets", "0 items")]
    [InlineData("{type: webhook, url: https://hooks.example.com, secrets: [whsec_c2VjcmV0]}", "spec.secrets[0]", "not this")]
    [InlineData("{type: webhook, url: 'https://h/?key=1', secrets: [vault://local/hook#key]}", "spec.url", "not this")]
    [InlineData("{type: webhook, url: 'https://u:p@h/', secrets: [vault://local/hook#key]}", "spec.url", "not this")]
    [InlineData("{type: webhook, url: 'ftp://h/', secrets: [vault://local/hook#key]}", "spec.url", "not this")]
    [InlineData("{type: webhook, url: 'https://h/a b', secrets: [vault://local/hook#key]}", "spec.url", "not this")]
    [InlineData("{type: webhook, url: http://hooks.example.com, secrets: [vault://local/hook#key]}", "spec.url", "read on the way")]
    [InlineData("{type: slack, url: https://hooks.slack.com/services/T/B/x}", "spec.url", "can post there")]
    [InlineData("{type: slack, url: vault://local/slack#url, secrets: [vault://local/hook#key]}", "spec.secrets", "no such field")]
    [InlineData("{type: email, to: [a@example.com]}", "spec.smtp", "missing")]
    [InlineData("{type: email, smtp: {host: h.example.com, from: g@example.com}}", "spec.to", "missing")]
    [InlineData("{" + Mail + ", smtp: {host: 'h:25', from: g@example.com}}", "spec.smtp.host", "a host's name")]
    [InlineData("{" + Mail + ", smtp: {host: h.example.com, from: 'G <g@example.com>'}}", "spec.smtp.from", "an e-mail address")]
    [InlineData("{" + Mail + ", smtp: {host: h.example.com, from: \"g@example.com\\nBcc: x@y\"}}", "spec.smtp.from", "an e-mail address")]
    [InlineData("{" + Mail + ", smtp: {host: h.example.com, from: g@example.com, username: g}}", "spec.smtp.username", "no use")]
    [InlineData("{" + Mail + ", smtp: {host: h.example.com, from: g@example.com, tls: none}}", "spec.smtp.tls", "read on the way")]
    [InlineData(
        "{"
            + Mail
            + ", allowUnencrypted: true, smtp: {host: h.example.com, from: g@example.com, tls: none, username: g, "
            + "password: vault://local/m}}",
        "spec.smtp.tls",
        "password could be read"
    )]
    [InlineData("{" + Mail + ", smtp: {host: h.example.com, from: g@example.com, password: hunter2}}", "spec.smtp.password", "not this")]
    [InlineData("{" + Hook + ", groups: [finanze]}", "spec.groups[0]", "no ApproverGroup 'finanze'")]
    [InlineData("{" + Hook + ", events: [approval_used]}", "spec.events[0]", "not 'approval_used'")]
    [InlineData("{" + Hook + ", events: []}", "spec.events", "0 items")]
    [InlineData("{" + Hook + ", secret: x}", "spec.secret", "no such field")]
    public void Fault_IsSaidWithItsField(string spec, string field, string problem)
    {
        var errors = SnapshotCompiler.Compile([Source(("one", spec))]).Errors;

        Assert.Contains(errors, error => error.Field == field && error.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{type: webhook, url: http://127.0.0.1:9000/in, secrets: [vault://local/hook#key]}")]
    [InlineData("{type: webhook, url: http://localhost/in, secrets: [vault://local/hook#key], scope: internal}")]
    [InlineData("{type: webhook, url: http://hooks.example.com, secrets: [vault://local/hook#key], allowUnencrypted: true}")]
    [InlineData("{" + Mail + ", smtp: {host: localhost, port: 25, from: g@example.com, tls: none}, scope: internal}")]
    [InlineData("{" + Mail + ", smtp: {host: '::1', from: g@example.com, tls: implicit}}")]
    public void WhatStaysOnTheMachine_OrIsAllowed_MayGoUnencrypted(string spec) => Assert.Single(Compile(("one", spec)));

    [Theory]
    [InlineData("{type: webhook, url: http://127.0.0.1:9000/in, secrets: [vault://local/hook#key]}", "spec.url")]
    [InlineData("{type: webhook, url: 'https://[::ffff:10.0.0.1]/in', secrets: [vault://local/hook#key]}", "spec.url")]
    [InlineData("{type: webhook, url: https://169.254.169.254/in, secrets: [vault://local/hook#key]}", "spec.url")]
    [InlineData("{type: webhook, url: https://hooks.internal/in, secrets: [vault://local/hook#key], scope: internal}", "spec.scope")]
    [InlineData("{type: slack, url: vault://local/slack#url, scope: internal}", "spec.scope")]
    [InlineData("{" + Mail + ", smtp: {host: 10.0.0.1, from: g@example.com}}", "spec.smtp.host")]
    [InlineData("{" + Mail + ", smtp: {host: '::1', from: g@example.com}}", "spec.smtp.host")]
    public void Channel_ThatReachesOnesOwnNetwork_NeedsTheEntitlement(string spec, string field)
    {
        Assert.Equal([field], SnapshotCompiler.Compile([Source("bodies", ("one", spec))]).Errors.Select(error => error.Field));
        Assert.Empty(SnapshotCompiler.Compile([Source(("one", spec))]).Errors);
    }

    [Theory]
    [InlineData("https://hooks.example.com/x", TargetScope.External, true)]
    [InlineData("https://8.8.8.8/x", TargetScope.External, true)]
    [InlineData("https://127.0.0.1/x", TargetScope.External, false)]
    [InlineData("https://127.0.0.1/x", TargetScope.Internal, true)]
    [InlineData("https://0x7f000001/x", TargetScope.External, false)]
    [InlineData("https://[::1]/x", TargetScope.External, false)]
    [InlineData("https://169.254.169.254/x", TargetScope.Internal, false)]
    public void SecretAddress_IsHeldToTheSame(string address, TargetScope scope, bool allowed)
    {
        Assert.True(ChannelAddress.TryRead(address, out var read));
        var channel = Compile(("one", "{type: slack, url: vault://local/slack#url}"))[0] with { Scope = scope };

        Assert.Equal(allowed, WideEgress.Allows(channel, read!));
    }

    [Fact]
    public void Channel_ThatChanges_ChangesNoApproval()
    {
        static IEnumerable<GovernedDocument> Others(string spec) =>
            SnapshotCompiler.Compile([Source(("one", spec))]).Value!.Documents.Where(one => one.Kind != "NotificationChannel");

        Assert.Equal(Others($"{{{Hook}}}"), Others($"{{{Hook}, groups: [finance]}}"));
    }

    private static IReadOnlyList<NotificationChannel> Compile(params (string Name, string Spec)[] channels)
    {
        var result = SnapshotCompiler.Compile([Source(channels)]);
        Assert.True(result.Value is not null, string.Join('\n', result.Errors));
        return result.Value!.Find(Id<Tenant>.Parse("acme"))!.Channels;
    }

    private static SourceFile Source(params (string Name, string Spec)[] channels) => Source("wide_egress", channels);

    private static SourceFile Source(string entitled, params (string Name, string Spec)[] channels) =>
        new(
            "test.yaml",
            """
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: acme}
            spec: {entitlements: [ENTITLED]}
            ---
            apiVersion: gateway/v1
            kind: ApproverGroup
            metadata: {tenant: acme, name: finance}
            spec: {members: [cleo]}

            """.Replace("ENTITLED", entitled, StringComparison.Ordinal)
                + string.Concat(
                    channels.Select(one =>
                        $"---\napiVersion: gateway/v1\nkind: NotificationChannel\nmetadata: {{tenant: acme, name: {one.Name}}}\n"
                        + $"spec: {one.Spec}\n"
                    )
                )
        );
}
