using System.Buffers.Text;
using System.Net;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Peers;

/// <summary>Asks another replica. Takes as an answer only what one made for just this question. Thread-safe.</summary>
internal sealed class PeerClient(GatewayKeys keys, TimeProvider time) : IDisposable
{
    /// <value>Longer than a receipt waits for the head over its record.</value>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <value>Bytes. A receipt of the longest record is smaller.</value>
    private const int MaxAnswer = 8 << 20;

    private readonly PeerSeal _seal = new(keys.DataEncryption);

    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 8,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30), // A pod of the same name may have another address soon.
        }
    );

    /// <summary>The receipt of a record; as the peer judges, too.</summary>
    /// <exception cref="PeerAwayException">No answer of it was to be had.</exception>
    public Task<PeerAnswer> FindAsync(
        string address,
        Id<Tenant> tenant,
        ReceiptId id,
        Id<Agent> agent,
        bool all,
        CancellationToken cancellationToken
    ) => AskAsync(address, new PeerQuestion(PeerAsk.Receipt, tenant, id, agent.ToString(), all, time.GetUtcNow()), cancellationToken);

    /// <summary>Which process at an address has a log on its volume; null for none, or where nobody answers as a peer does.</summary>
    public async Task<string?> HolderAsync(string address, Id<Tenant> tenant, ReceiptId log, CancellationToken cancellationToken)
    {
        try
        {
            var question = new PeerQuestion(PeerAsk.Holder, tenant, log, "", All: false, time.GetUtcNow());
            var answer = await AskAsync(address, question, cancellationToken);
            return answer.Verdict == PeerVerdict.Found ? Encoding.ASCII.GetString(answer.Content.Span) : null;
        }
        catch (PeerAwayException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<PeerAnswer> AskAsync(string address, PeerQuestion question, CancellationToken cancellationToken)
    {
        var asked = _seal.Ask(question.ToBytes());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            if (!PeersOptions.IsReached(address))
            {
                throw new PeerAwayException($"'{address}', where it lies, is no peer's address.");
            }

            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(address + PeerListener.Path + Base64Url.EncodeToString(asked.Bytes.Span))
            );
            using var response = await _http.SendAsync(request, deadline.Token);
            var answer = response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response, deadline.Token) : null;
            return answer is not null && asked.OpenAnswer(answer) is { } opened && PeerAnswer.Read(opened) is { Verdict: not 0 } read
                ? read
                : throw new PeerAwayException(
                    $"What answers at {address} isn't a replica with this one's keys and clock. See that all have the same "
                        + "DATA_ENCRYPTION_KEY, and that their clocks agree."
                );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PeerAwayException($"The replica at {address} doesn't answer: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PeerAwayException($"The replica at {address} didn't answer within {Deadline.TotalSeconds:F0} s.");
        }
    }

    /// <summary>Null for one that is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var to = new MemoryStream();
        var piece = new byte[1 << 14];
        int read;
        while ((read = await from.ReadAsync(piece, cancellationToken)) > 0)
        {
            to.Write(piece, 0, read);
            if (to.Length > MaxAnswer)
            {
                return null;
            }
        }

        return to.ToArray();
    }
}

/// <summary>A peer can't be asked now. The message says which and why.</summary>
internal sealed class PeerAwayException(string message) : Exception(message);
