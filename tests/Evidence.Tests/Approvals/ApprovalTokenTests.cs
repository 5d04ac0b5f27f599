using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Approvals;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Approvals;

public sealed class ApprovalTokenTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Ed25519PrivateKey Key = TestJournal.Key(40);
    private static readonly ApprovalSubject Subject = new(Sha256Digest.Of("intent"u8), Sha256Digest.Of("policy"u8), ["tool:write"], 2, 1);

    private static readonly ApprovalToken Token = new()
    {
        CreatedAt = Now,
        ExpiresAt = Now.AddMinutes(15),
        Approver = "ada",
        ReasonCode = "reviewed",
        Intent = Subject.Intent,
        Policy = Subject.Policy,
        Scope = ["tool:write"],
    };

    [Fact]
    public void AToken_IsValidForWhatItIsOf_UntilItExpires()
    {
        Assert.Null(Check(Token).Error);
        Assert.Null(Check(Token, now: Now.AddMinutes(15).AddTicks(-1)).Error);
        Assert.Equal("approval_token_expired", Check(Token, now: Now.AddMinutes(15)).Error);
        Assert.Null(Check(Token with { Scope = ["*"] }).Error);
    }

    [Fact]
    public void AToken_ForAnythingElse_IsRefusedByName()
    {
        var other = Sha256Digest.Of("other"u8);
        Assert.Equal("approval_token_intent_mismatch", Check(Token with { Intent = other }).Error);
        Assert.Equal("approval_token_policy_mismatch", Check(Token with { Policy = other }).Error);
        Assert.Equal("approval_token_scope_mismatch", Check(Token with { Scope = ["tool:read"] }).Error);
        Assert.Equal("approval_token_max_targets_exceeded", Check(Token with { MaxTargets = 1 }).Error);
        Assert.Equal("approval_token_max_ops_exceeded", Check(Token with { MaxOps = 1 }, Subject with { Operations = 2 }).Error);
        Assert.Equal("approval_token_signature_invalid", ApprovalVerifier.Check(Token.Sign(Key, "test"), [TestJournal.Key(80).PublicKey], Subject, Now).Error);
        Assert.Equal("approval_token_signature_invalid", ApprovalVerifier.Check(Token.Sign(Key, "test"), [], Subject, Now).Error);
    }

    [Fact]
    public void AnyByteThatIsAnother_IsNoToken()
    {
        var bytes = Token.Sign(Key, "test");
        for (var at = 0; at < bytes.Length; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0x15;
            Assert.False(ApprovalVerifier.Check(changed, [Key.PublicKey], Subject, Now).IsValid, $"byte {at}");
        }
    }

    [Fact]
    public void NoBytesAtAll_AreAToken() => Prop.ForAll<byte[]>(bytes => !ApprovalVerifier.Check(bytes, [Key.PublicKey], Subject, Now).IsValid).QuickCheckThrowOnFailure();

    [Fact]
    public void AnUnsignedToken_SaysSo()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Token.Sign(Key, "test"))!.AsObject();
        json.Remove("signature");
        Assert.Equal("approval_token_signature_missing", ApprovalVerifier.Check(Encoding.UTF8.GetBytes(json.ToJsonString()), [Key.PublicKey], Subject, Now).Error);
    }

    [Fact]
    public async Task OfManyThatUseATokenAtOnce_OneSucceeds()
    {
        using var folder = new TemporaryDirectory();
        var used = new UsedApprovals(folder.File("used"));
        var uses = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => used.TryUse(Token.Id, Now))));
        Assert.Single(uses, use => use);
        Assert.True(new UsedApprovals(folder.File("used")).IsUsed(Token.Id));
        Assert.Throws<ArgumentException>(() => used.TryUse("../x", Now));
    }

    /// <summary>The tokens of <c>signature_cases</c> that are approvals: signature, bindings and expiry as published.</summary>
    [SharedDataFact("gait/index.json")]
    public void PublishedTokens_AreJudgedAsPublished()
    {
        var root = Path.GetDirectoryName(Repository.Shared("gait/index.json"))!;
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "index.json")));
        var cases = index.RootElement.GetProperty("signature_cases").EnumerateArray().Where(one => one.GetProperty("id").GetString()!.Contains("approval-", StringComparison.Ordinal) && one.TryGetProperty("artifact", out _)).ToList();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var token = File.ReadAllBytes(Path.Combine(root, one.GetProperty("artifact").GetString()!));
            Assert.True(Ed25519PublicKey.TryParse(File.ReadAllText(Path.Combine(root, one.GetProperty("public_key").GetString()!)), out var key));
            Assert.True(Sha256Digest.TryParse(one.GetProperty("intent_digest").GetString()!, out var intent));
            Assert.True(Sha256Digest.TryParse(one.GetProperty("policy_digest").GetString()!, out var policy));
            var subject = new ApprovalSubject(intent, policy, ["tool:tool.write"], 1, 1);
            var expired = one.GetProperty("expected").GetProperty("expired").GetBoolean();
            Assert.Equal(expired ? "approval_token_expired" : null, ApprovalVerifier.Check(token, [key], subject, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)).Error);
        }
    }

    private static ApprovalCheck Check(ApprovalToken token, ApprovalSubject? subject = null, DateTimeOffset? now = null) =>
        ApprovalVerifier.Check(token.Sign(Key, "test"), [Key.PublicKey], subject ?? Subject, now ?? Now);
}
