using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Identity;

public sealed class InTimeSignatureTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Theory]
    [InlineData(-5000, ReasonCode.None)]
    [InlineData(-5001, ReasonCode.ExpiredSignature)]
    [InlineData(0, ReasonCode.None)]
    [InlineData(60_000, ReasonCode.None)]
    [InlineData(60_001, ReasonCode.ExpiredSignature)]
    [InlineData(-86_400_000, ReasonCode.ExpiredSignature)]
    [InlineData(86_400_000, ReasonCode.ExpiredSignature)]
    public void Window_FromCreatedLessTheSkewToExpires_IsHeld(int milliseconds, ReasonCode reason)
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        _exchange.Time.AdjustTime(_exchange.Time.GetUtcNow().AddMilliseconds(milliseconds));
        Assert.Equal(reason, _exchange.Judge(signed));
    }

    [Fact]
    public void Window_AtTheBeginningOfTime_IsRefusedWithoutAnError() =>
        Assert.Equal(
            ReasonCode.ExpiredSignature,
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(created: "0", expires: "60")))
        );

    [Fact]
    public void Window_AtTheEndOfTime_IsRefusedWithoutAnError() =>
        Assert.Equal(
            ReasonCode.ExpiredSignature,
            _exchange.Judge(
                _exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(created: "253402300739", expires: "253402300799"))
            )
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(61)]
    public void Skew_OutsideItsBounds_IsNotAccepted(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new SignatureProfile(new AllowedAuthorities([]), TimeSpan.FromSeconds(seconds), _exchange.Time)
        );

    [Fact]
    public void Key_OfAnotherTenant_IsUnknown() => Refused(ReasonCode.UnknownKey, r => r with { Tenant = Id<Tenant>.Parse("other") });

    [Fact]
    public void Key_WithAnotherId_IsUnknown() => Refused(ReasonCode.UnknownKey, r => r with { Id = "abcdefgh24" });

    [Fact]
    public void Key_OfAnotherAgent_IsAMismatch() => Refused(ReasonCode.IdentityMismatch, r => r with { Agent = Id<Agent>.Parse("other") });

    [Fact]
    public void Key_OfAnotherWorkspace_IsAMismatch() =>
        Refused(ReasonCode.IdentityMismatch, r => r with { Workspace = Id<Workspace>.Parse("other") });

    [Fact]
    public void Key_Revoked_IsRefused() => Refused(ReasonCode.RevokedCredential, r => r with { RevokedAt = _exchange.Time.GetUtcNow() });

    [Fact]
    public void Key_RevokedInTheFuture_IsRefusedNow() =>
        Refused(ReasonCode.RevokedCredential, r => r with { RevokedAt = _exchange.Time.GetUtcNow().AddDays(1) });

    [Fact]
    public void Key_AtItsEnd_IsRefused() => Refused(ReasonCode.RevokedCredential, r => r with { ExpiresAt = _exchange.Time.GetUtcNow() });

    [Fact]
    public void Key_BeforeItsEnd_Counts() => Refused(ReasonCode.None, r => r with { ExpiresAt = _exchange.Time.GetUtcNow().AddTicks(1) });

    [Fact]
    public void Algorithm_ThatTheRecordFixes_MayBeStated() =>
        Assert.Equal(
            ReasonCode.None,
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(more: ";alg=\"hmac-sha256\"")))
        );

    [Fact]
    public void Algorithm_OtherThanTheRecordFixes_IsInvalidBeforeAnythingIsVerified()
    {
        var signed = _exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(more: ";alg=\"ecdsa-p256-sha256\""));
        var parsed = ParsedSignature.Read(signed, _exchange.Profile, []).Signature!;
        Assert.False(InTimeSignature.TryCheck(parsed, _exchange.HmacKey, out var signature, out var refusal));
        Assert.Null(signature);
        Assert.Equal(ReasonCode.InvalidSignature, refusal.Reason);
    }

    public void Dispose() => _exchange.Dispose();

    private void Refused(ReasonCode reason, Func<CredentialRecord, CredentialRecord> change) =>
        Assert.Equal(
            reason,
            _exchange.Judge(
                _exchange.Sign(Exchange.Unsigned()),
                new HmacVerificationKey(change(_exchange.Record(CredentialKind.HmacSha256)), _exchange.Key)
            )
        );
}
