using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Packs.Bundles;
using Gateway.Gait.Tests.Traces;

namespace Gateway.Gait.Tests.Packs.Bundles;

public sealed class BundleVerifierTests
{
    private static readonly byte[] Signed = Write(SampleRun.Pack(null));

    [Fact]
    public void Bundle_SignedWithTheKey_IsVerified()
    {
        var result = BundleVerifier.Verify(Signed, SampleRun.Key.PublicKey, requireSignature: true);
        Assert.Null(result.Problem);
        Assert.Equal((true, SignatureStatus.Verified), (result.IsGood, result.Signature));
        Assert.True(BundleVerifier.IsBundle(Signed));
        Assert.False(BundleVerifier.IsBundle(SampleRun.Pack(null)));
    }

    [Fact]
    public void Bundle_WrittenTwice_IsTheSameBytes() => Assert.Equal(Signed, Write(SampleRun.Pack(null)));

    [Fact]
    public void AnySingleByte_Changed_Fails()
    {
        for (var at = 0; at < Signed.Length; at++)
        {
            var changed = (byte[])Signed.Clone();
            changed[at] ^= (byte)(1 << (at & 7));
            var result = BundleVerifier.Verify(changed, SampleRun.Key.PublicKey);
            Assert.True(!result.IsGood && result.Problem is not null, $"byte {at}");
        }
    }

    [Fact]
    public void Bundle_WithAnotherKey_OrNone_FailsWhereASignatureIsAsked()
    {
        Assert.Equal(ProblemCodes.WrongKey, BundleVerifier.Verify(Signed, SampleRun.OtherKey.PublicKey).Problem?.Code);
        Assert.Equal(ProblemCodes.KeyMissing, BundleVerifier.Verify(Signed, null, requireSignature: true).Problem?.Code);
        Assert.Equal(SignatureStatus.Skipped, BundleVerifier.Verify(Signed, null).Signature);
    }

    [Fact]
    public void Bundle_WithABrokenRunInside_Fails()
    {
        var broken = SampleRun.Pack(null)[..^1];
        var problem = BundleVerifier.Verify(Write(broken), SampleRun.Key.PublicKey).Problem;
        Assert.Equal("runpack_run_sample.zip", problem?.Member);
    }

    [Fact]
    public void Bundle_WithAFileThatNobodyListed_Fails()
    {
        var members = ArchiveReader.Read(Signed).Append(new PackMember("more.json", "{}"u8.ToArray()));
        Assert.Equal(ProblemCodes.ExtraMember, BundleVerifier.Verify(ArchiveWriter.Write(members), SampleRun.Key.PublicKey).Problem?.Code);
    }

    [Fact]
    public void Verification_OfNobody_IsNotGood() => Assert.False(new BundleVerification().IsGood);

    private static byte[] Write(byte[] pack)
    {
        var trace = SampleTrace.Signed();
        return BundleWriter
            .Write(
                new BundleSubject
                {
                    Run = SampleRun.Read(SampleRun.Pack(null)),
                    RunBytes = pack,
                    Template = "soc2",
                    CaseId = "INC-1",
                    Traces = [(SampleTrace.Verify(trace.Bytes), trace.Bytes)],
                },
                SampleRun.Key,
                "1"
            )
            .Bytes;
    }
}
