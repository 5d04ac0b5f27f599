using System.Text;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Evidence.Verification;

namespace Gateway.Evidence.Snapshots;

/// <summary>Reads the decisions of a journal where it lies, in the order of the logs, and checks the journal on the way.</summary>
public static class JournalDecisions
{
    /// <summary>
    /// Shows every decision's record. What comes of the check is to be looked at afterwards: behind the first thing that is wrong nothing
    /// is read.
    /// </summary>
    /// <param name="folder">A root, one tenant's folder or one log's.</param>
    /// <param name="visit">Its body is only valid during the call.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VerificationResult Read(string folder, DecisionVisitor visit, CancellationToken cancellationToken) =>
        Read(folder, null, visit, cancellationToken);

    /// <summary>As the other, and checks what was signed.</summary>
    /// <param name="keys">Public keys of all instances whose logs are there; null checks no signature.</param>
    public static VerificationResult Read(
        string folder,
        IReadOnlyList<Ed25519PublicKey>? keys,
        DecisionVisitor visit,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(visit);
        var buffer = new byte[4096];
        return JournalVerifier.Verify(
            folder,
            keys,
            (in RecordEnvelope record) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!record.IsDecision)
                {
                    return;
                }

                if (record.Body.Length > buffer.Length)
                {
                    buffer = new byte[record.Body.Length * 2];
                }

                record.Body.CopyTo(buffer);
                visit(Encoding.ASCII.GetString(record.Log), record.Index, buffer.AsMemory(0, record.Body.Length));
            },
            cancellationToken
        );
    }
}

/// <summary>Is shown a decision's record.</summary>
/// <param name="log">The log's id; with the index it is the receipt's, <c>log.index</c>.</param>
public delegate void DecisionVisitor(string log, long index, ReadOnlyMemory<byte> body);
