using FsCheck;
using FsCheck.Fluent;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Packs;

public sealed class RunpackVerifierTests
{
    private static readonly byte[] Signed = SampleRun.Pack(SampleRun.Key);

    [Fact]
    public void Pack_SignedWithTheKey_IsVerified()
    {
        var result = RunpackVerifier.Verify(Signed, SampleRun.Key.PublicKey, requireSignature: true);

        Assert.Null(result.Problem);
        Assert.True(result.IsGood);
        Assert.Equal(
            (SignatureStatus.Verified, 1, 1, 4),
            (result.Signature, result.SignaturesTotal, result.SignaturesValid, result.FilesChecked)
        );
    }

    [Fact]
    public void Pack_WrittenTwice_IsTheSameBytes() => Assert.Equal(Signed, SampleRun.Pack(SampleRun.Key));

    [Fact]
    public void Pack_WithAnotherKey_FailsAndNamesBothKeys()
    {
        var result = RunpackVerifier.Verify(Signed, SampleRun.OtherKey.PublicKey);

        Assert.False(result.IsGood);
        Assert.Equal(ProblemCodes.WrongKey, result.Problem?.Code);
        Assert.Contains(SampleRun.Key.PublicKey.KeyId, result.Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains(SampleRun.OtherKey.PublicKey.KeyId, result.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_WithoutSignature_IsGoodOnlyWhereNoneIsExpected()
    {
        var pack = SampleRun.Pack(key: null);

        Assert.Equal((true, SignatureStatus.Missing), Judge(RunpackVerifier.Verify(pack, key: null)));
        Assert.Equal((false, SignatureStatus.Missing), Judge(RunpackVerifier.Verify(pack, key: null, requireSignature: true)));
        Assert.Equal((false, SignatureStatus.Missing), Judge(RunpackVerifier.Verify(pack, SampleRun.Key.PublicKey)));
        Assert.Equal((true, SignatureStatus.Skipped), Judge(RunpackVerifier.Verify(Signed, key: null)));
        Assert.Equal((false, SignatureStatus.Skipped), Judge(RunpackVerifier.Verify(Signed, key: null, requireSignature: true)));
    }

    [Fact]
    public void Verification_OfNobody_IsNotGood() => Assert.False(new RunpackVerification().IsGood);

    [Fact]
    public void AnySingleByte_Changed_FailsAndSaysWhere()
    {
        // Every byte, each with one changed bit and with all of them.
        for (var at = 0; at < Signed.Length; at++)
        {
            AssertRefused(at, (byte)(1 << (at & 7)));
            AssertRefused(at, 0xFF);
        }
    }

    [Fact]
    public void AnySingleByte_ChangedToAnything_Fails() =>
        Prop.ForAll<uint, byte>((at, mask) => mask == 0 || !Flipped((int)(at % Signed.Length), mask).IsGood)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void AnyPart_OfAPack_IsRefused() =>
        Prop.ForAll<uint, uint>(
                (from, length) =>
                {
                    var start = (int)(from % Signed.Length);
                    var part = Signed.AsSpan(start, (int)(length % (Signed.Length - start)));
                    return RunpackReader.Read(part).Problem is not null;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void AnyBytes_AreAnswered() =>
        Prop.ForAll<byte[]>(bytes => RunpackReader.Read(bytes ?? []).Problem is not null).QuickCheckThrowOnFailure();

    [SharedDataFact("gait/derived")]
    public void GaitsPacks_Verify_WithTheirPublishedDigests()
    {
        var golden = RunpackVerifier.Verify(Published("runpack_run_integration.zip"), key: null);
        Assert.Null(golden.Problem);
        Assert.Equal(
            ("run_integration", "5df30db691a7623bbad16c19ddda77f801ac9aad853a615ca6511c628f21f5d8", 4, SignatureStatus.Missing),
            (golden.Pack!.RunId, golden.Pack.ManifestDigest, golden.FilesChecked, golden.Signature)
        );

        var demo = RunpackVerifier.Verify(Published("runpack_run_demo_readme_era.zip"), key: null);
        Assert.StartsWith("88913ed", demo.Pack?.ManifestDigest, StringComparison.Ordinal);
    }

    [SharedDataFact("gait/derived")]
    public void GaitsPacks_WithOneByteChanged_FailOrHoldTheSameFiles()
    {
        // Deflate can say one thing in two ways, so a byte of its data may differ where no byte of the files does.
        foreach (var name in new[] { "runpack_run_integration.zip", "runpack_run_demo_readme_era.zip" })
        {
            var pack = Published(name);
            var good = SampleRun.Read(pack);
            for (var at = 0; at < pack.Length; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    pack[at] ^= (byte)(1 << bit);
                    Assert.True(
                        !RunpackReader.Read(pack).TryGet(out var changed) || SameFiles(good, changed),
                        $"{name}: byte {at}, bit {bit}"
                    );
                    pack[at] ^= (byte)(1 << bit);
                }
            }
        }
    }

    [SharedDataFact("gait/derived")]
    public void GaitsRecords_WrittenAnew_HaveThePublishedDigest()
    {
        var pack = SampleRun.Read(Published("runpack_run_integration.zip"));
        var recording = new RunRecording
        {
            RunId = pack.RunId,
            CaptureMode = "reference",
            Run = pack.Run,
            Intents = pack.Intents,
            Results = pack.Results,
            Refs = pack.Refs,
        };

        Assert.Equal(
            "5df30db691a7623bbad16c19ddda77f801ac9aad853a615ca6511c628f21f5d8",
            SampleRun.Read(RunpackWriter.Write(recording, null)).ManifestDigest
        );
    }

    [SharedDataFact("gait/scripts/testdata/packspec_tck/v1/run_record_input.json")]
    public void GaitsRecordingInput_BecomesAPackThatVerifies()
    {
        var recording = RunRecordingReader.Read(
            File.ReadAllBytes(Repository.Shared("gait/scripts/testdata/packspec_tck/v1/run_record_input.json"))
        );
        var pack = RunpackWriter.Write(recording, SampleRun.Key);

        Assert.True(RunpackVerifier.Verify(pack, SampleRun.Key.PublicKey).IsGood);
        Assert.Equal(2, recording.Warnings.Count);
        Assert.DoesNotContain("args", SampleRun.Read(pack).Intents[0].Select(member => member.Key));
    }

    private static (bool, SignatureStatus) Judge(RunpackVerification result) => (result.IsGood, result.Signature);

    private static void AssertRefused(int at, byte mask)
    {
        var result = Flipped(at, mask);
        Assert.True(!result.IsGood && result.Problem is { Code.Length: > 0, Detail.Length: > 0 }, $"byte {at}, mask {mask}");
        Assert.True(
            result.Problem.Member.Length > 0 || result.Problem.Offset is not null,
            $"no place for byte {at}, mask {mask}: {result.Problem}"
        );
    }

    private static RunpackVerification Flipped(int at, byte mask)
    {
        var changed = (byte[])Signed.Clone();
        changed[at] ^= mask;
        return RunpackVerifier.Verify(changed, SampleRun.Key.PublicKey);
    }

    private static bool SameFiles(Runpack left, Runpack right) =>
        left
            .Members.Zip(right.Members)
            .All(pair => pair.First.Name == pair.Second.Name && pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span));

    private static byte[] Published(string name) => File.ReadAllBytes(Repository.Shared("gait/derived/" + name));
}
