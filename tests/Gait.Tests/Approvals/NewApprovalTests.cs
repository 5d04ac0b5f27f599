using System.Text.Json;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Tests;
using Gateway.Gait.Approvals;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Approvals;

public sealed class NewApprovalTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Ed25519PrivateKey Key = TestJournal.Key(40);
    private static readonly TokenSubject Subject = TokenSubject.FromIntent(
        IntentReader
            .Read("""{"tool_name":"tool.write","args":{},"targets":[],"context":{"identity":"a","workspace":"/w","risk_class":"low"}}"""u8)
            .Intent!,
        Sha256Digest.Compute("policy"u8)
    );

    private static readonly NewApproval Approval = new()
    {
        CreatedAt = Now,
        ExpiresAt = Now.AddMinutes(15),
        Approver = "ada",
        ReasonCode = "reviewed",
        Intent = Subject.IntentDigest,
        Policy = Subject.PolicyDigest,
        Scope = ["tool:tool.write"],
    };

    [Fact]
    public void WhatWasSigned_CountsUntilItExpires()
    {
        Assert.Equal("", Check(Approval).Code);
        Assert.Equal((Approval.Id, "ada", Key.PublicKey.KeyId), (Check(Approval).Id, Check(Approval).Approver, Check(Approval).KeyId));
        Assert.Equal(
            "approval_token_expired",
            ApprovalToken.Check(Approval.Sign(Key, "test"), [Key.PublicKey], Subject, Now.AddMinutes(15)).Code
        );
        Assert.Equal("approval_token_max_ops_exceeded", Check(Approval with { MaxOps = 1 }, Subject with { Operations = 2 }).Code);
        Assert.Equal("approval_token_max_targets_exceeded", Check(Approval with { MaxTargets = 1 }, Subject with { Targets = 2 }).Code);
    }

    [Fact]
    public void TheSameApproval_IsTheSameBytes_AndAnotherHasAnotherId()
    {
        Assert.Equal(Approval.Sign(Key, "test"), Approval.Sign(Key, "test"));
        Assert.Distinct([
            Approval.Id,
            (Approval with { Approver = "ben" }).Id,
            (Approval with { MaxOps = 1 }).Id,
            (Approval with { ExpiresAt = Now.AddMinutes(16) }).Id,
        ]);
    }

    /// <summary>The approvals of <c>signature_cases</c>: signature, bindings, expiry and id as published.</summary>
    [SharedDataFact("gait/index.json")]
    public void PublishedApprovals_AreJudgedAsPublished_AndHaveTheIdThatIsMadeHere()
    {
        var root = Repository.Shared("gait");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "index.json")));
        var cases = index
            .RootElement.GetProperty("signature_cases")
            .EnumerateArray()
            .Where(one => one.TryGetProperty("artifact", out _))
            .ToList();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var bytes = File.ReadAllBytes(Path.Combine(root, one.GetProperty("artifact").GetString()!));
            Assert.True(
                Ed25519PublicKey.TryParse(File.ReadAllText(Path.Combine(root, one.GetProperty("public_key").GetString()!)), out var key)
            );
            var published = Read(bytes);
            var subject = Subject with { IntentDigest = published.Intent, PolicyDigest = published.Policy };
            var judged = ApprovalToken.Check(bytes, [key], subject, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.Equal(
                (published.Id, one.GetProperty("expected").GetProperty("expired").GetBoolean() ? "approval_token_expired" : ""),
                (judged.Id, judged.Code)
            );
        }
    }

    private static ApprovalToken Check(NewApproval approval, TokenSubject? subject = null) =>
        ApprovalToken.Check(approval.Sign(Key, "test"), [Key.PublicKey], subject ?? Subject, Now);

    private static NewApproval Read(byte[] token)
    {
        using var json = JsonDocument.Parse(token);
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        Assert.True(GoTime.TryParse(Text("expires_at"), out var expires));
        Assert.True(Sha256Digest.TryParse(Text("intent_digest"), out var intent));
        Assert.True(Sha256Digest.TryParse(Text("policy_digest"), out var policy));
        return Approval with
        {
            Approver = Text("approver_identity"),
            ReasonCode = Text("reason_code"),
            Scope = [.. json.RootElement.GetProperty("scope").EnumerateArray().Select(one => one.GetString()!)],
            Intent = intent,
            Policy = policy,
            ExpiresAt = new DateTimeOffset(expires.Utc, TimeSpan.Zero),
        };
    }
}
