using Gateway.Evidence.Signing;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Cli.Artifacts;

/// <summary>A runpack that was just written, and read back before anybody relies on it.</summary>
internal sealed record WrittenPack(Runpack Pack, string Footer)
{
    /// <exception cref="IOException">It can't be written, or what was written doesn't verify.</exception>
    public static WrittenPack Write(RunRecording recording, Ed25519PrivateKey? key, string path)
    {
        ArtifactFile.Write(path, RunpackWriter.Write(recording, key));
        var back = RunpackVerifier.Verify(
            ArtifactFile.Read(path, PackLimits.ArchiveBytes),
            key?.PublicKey,
            requireSignature: key is not null
        );
        return back is { IsGood: true, Pack: { } pack }
            ? new WrittenPack(pack, TicketFooter.Format(pack))
            : throw new IOException($"What was written to '{path}' doesn't verify: {back.Problem}");
    }
}
