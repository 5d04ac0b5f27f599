using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Signing;
using Gateway.Gait.Approvals;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Approvals;

public sealed class TokenTests
{
    private const string Intent = """
        {"tool_name":"tool.write","args":{"path":"/w/x"},"targets":[{"kind":"path","value":"/w/x","operation":"write"}],
         "delegation":{"requester_identity":"worker","chain":[{"delegator_identity":"lead","delegate_identity":"worker"}]},
         "context":{"identity":"worker","workspace":"/w","risk_class":"high"}}
        """;

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Ed25519PrivateKey Key = Ed25519PrivateKey.Create();
    private static readonly Sha256Digest Policy = Sha256Digest.Compute("policy"u8);
    private static readonly TokenSubject Subject = TokenSubject.FromIntent(
        IntentReader.Read(Encoding.UTF8.GetBytes(Intent)).Intent!,
        Policy
    );

    [Fact]
    public void AnApprovalOfExactlyThis_Counts() => Assert.Equal("", Check(Approval()).Code);

    [Theory]
    [InlineData("intent_digest", "\"0000000000000000000000000000000000000000000000000000000000000000\"", "approval_token_intent_mismatch")]
    [InlineData("policy_digest", "\"0000000000000000000000000000000000000000000000000000000000000000\"", "approval_token_policy_mismatch")]
    [InlineData("delegation_binding_digest", "\"ab\"", "approval_token_delegation_binding_mismatch")]
    [InlineData("expires_at", "\"2030-01-01T00:00:00Z\"", "approval_token_expired")]
    [InlineData("expires_at", "\"0001-01-01T00:00:00Z\"", "approval_token_expired")]
    [InlineData("scope", "[\"tool:tool.read\"]", "approval_token_scope_mismatch")]
    [InlineData("scope", "[]", "approval_token_scope_mismatch")]
    [InlineData("scope", "[\"*\"]", "")]
    [InlineData("max_targets", "1", "")]
    [InlineData("max_ops", "1", "")]
    [InlineData("max_ops", "0", "")]
    [InlineData("max_targets", "-1", "approval_token_invalid")]
    [InlineData("approver_identity", "\"\"", "approval_token_invalid")]
    [InlineData("more", "1", "approval_token_invalid")]
    [InlineData("schema_version", "\"2.0.0\"", "approval_token_invalid")]
    public void WhatAnApprovalSays_IsHeldAgainstTheIntent(string field, string value, string code) =>
        Assert.Equal(code, Check(Approval(token => token[field] = JsonNode.Parse(value))).Code);

    [Fact]
    public void AnApproval_CountsUntilItsTimeIsOver_AndForNoOtherKey()
    {
        Assert.Equal("approval_token_expired", ApprovalToken.Check(Approval(), [Key.PublicKey], Subject, Now.AddHours(1)).Code);
        Assert.Equal(
            "approval_token_signature_invalid",
            ApprovalToken.Check(Approval(), [Ed25519PrivateKey.Create().PublicKey], Subject, Now).Code
        );
        Assert.Equal("approval_token_invalid", ApprovalToken.Check(Approval(), [], Subject, Now).Code);
        Assert.Equal(
            Key.PublicKey.KeyId,
            ApprovalToken.Check(Approval(), [Ed25519PrivateKey.Create().PublicKey, Key.PublicKey], Subject, Now).KeyId
        );
    }

    [Fact]
    public void AnApprovalWithoutASignature_IsNone()
    {
        var token = JsonNode.Parse(Approval())!.AsObject();
        token.Remove("signature");
        Assert.Equal("approval_token_signature_missing", Check(Encoding.UTF8.GetBytes(token.ToJsonString())).Code);
    }

    [Fact]
    public void AnyByteOfAnApproval_ThatIsChanged_MakesItNone()
    {
        var good = Approval();
        Prop.ForAll(
                Gen.Choose(0, good.Length - 1).Zip(Gen.Choose(1, 255)).ToArbitrary(),
                change =>
                {
                    var changed = (byte[])good.Clone();
                    changed[change.Item1] ^= (byte)change.Item2;
                    return !Check(changed).Counts;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void ADestructiveAction_NeedsAnApprovalThatSaysSo()
    {
        var subject = TokenSubject.FromIntent(
            IntentReader
                .Read(
                    Encoding.UTF8.GetBytes(Intent.Replace("\"operation\":\"write\"", "\"operation\":\"delete\"", StringComparison.Ordinal))
                )
                .Intent!,
            Policy
        );
        byte[] Token(params string[] scope) =>
            Approval(token =>
            {
                token["intent_digest"] = subject.IntentDigest.ToString();
                token["scope"] = scope.ToJson();
            });
        Assert.Equal("approval_token_scope_mismatch", ApprovalToken.Check(Token("tool:tool.write"), [Key.PublicKey], subject, Now).Code);
        Assert.Equal(
            "",
            ApprovalToken.Check(Token("tool:tool.write", "phase:apply", "destructive:apply"), [Key.PublicKey], subject, Now).Code
        );
    }

    [Theory]
    [InlineData("expires_at", "\"2030-01-01T00:00:00Z\"", "delegation_token_expired")]
    [InlineData("scope", "[\"tool:tool.read\"]", "delegation_token_scope_mismatch")]
    [InlineData("delegator_identity", "\"boss\"", "delegation_token_chain_mismatch")]
    [InlineData("delegate_identity", "\"other\"", "delegation_token_chain_mismatch")]
    [InlineData("intent_digest", "\"ab\"", "delegation_token_intent_mismatch")]
    [InlineData("policy_digest", "\"ab\"", "delegation_token_policy_mismatch")]
    [InlineData("more", "1", "delegation_token_invalid")]
    [InlineData("token_id", "\"t\"", "")]
    public void WhatADelegationSays_IsHeldAgainstTheChain(string field, string value, string code)
    {
        var token = DelegationToken.Check(Delegation(one => one[field] = JsonNode.Parse(value)), [Key.PublicKey], Subject, Now);
        Assert.Equal((code, code.Length == 0), (token.Code, DelegationToken.Prove(Subject.Intent.Delegation!, [token])));
    }

    [Fact]
    public void EveryHandOver_NeedsAToken()
    {
        Assert.False(DelegationToken.Prove(Subject.Intent.Delegation!, []));
        Assert.False(DelegationToken.Prove(new IntentDelegation { Requester = "worker" }, []));
    }

    [Fact]
    public async Task AnApproval_IsUsedOnce_HoweverManyTry()
    {
        using var folder = new TemporaryDirectory();
        var used = new UsedTokens(folder.File("used"));
        var tries = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => used.TryUse(["token-1"]))));
        Assert.Single(tries, won => won);
        Assert.False(new UsedTokens(folder.File("used")).TryUse(["token-1"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void ATokenWhoseNameIsNoFiles_IsNeverUsed(string name)
    {
        using var folder = new TemporaryDirectory();
        Assert.False(new UsedTokens(folder.Path).TryUse([name]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void WhereNothingCanBeWritten_NothingIsUsed()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("used"), "a file");
        Assert.ThrowsAny<IOException>(() => new UsedTokens(folder.File("used")).TryUse(["token-1"]));
    }

    private static ApprovalToken Check(byte[] token) => ApprovalToken.Check(token, [Key.PublicKey], Subject, Now);

    private static byte[] Approval(Action<JsonObject>? change = null) =>
        Signed(
            new JsonObject
            {
                ["schema_id"] = ApprovalToken.SchemaId,
                ["token_id"] = "t-1",
                ["approver_identity"] = "ann",
                ["reason_code"] = "OK",
                ["intent_digest"] = Subject.IntentDigest.ToString(),
                ["policy_digest"] = Policy.ToString(),
                ["scope"] = new JsonArray("tool:tool.write"),
            },
            change
        );

    private static byte[] Delegation(Action<JsonObject> change) =>
        Signed(
            new JsonObject
            {
                ["schema_id"] = DelegationToken.SchemaId,
                ["token_id"] = "d-1",
                ["delegator_identity"] = "lead",
                ["delegate_identity"] = "worker",
                ["scope"] = new JsonArray("tool:tool.write"),
            },
            change
        );

    private static byte[] Signed(JsonObject token, Action<JsonObject>? change)
    {
        token["schema_version"] = "1.0.0";
        token["created_at"] = "2029-12-31T00:00:00Z";
        token["producer_version"] = "0";
        token["expires_at"] = "2030-01-01T01:00:00Z";
        change?.Invoke(token);
        token["signature"] = ArtifactSignature.Sign(ArtifactJson.Digest(token), Key);
        return Encoding.UTF8.GetBytes(token.ToJsonString());
    }
}
