using System.Buffers;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Http;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Copies server-sent events one by one, unchanged, with no waiting. The dialect's last event is held until the outcome is recorded; where
/// the dialect is unknown the end of the message is. What could be the beginning of the credential, told in parts, waits for what follows.
/// </summary>
internal sealed class EventCopy(HttpContext http, HttpResponseMessage answer, AnswerPlan plan, Delivered delivered)
{
    private const int BufferSize = 16 * 1024;

    /// <value>Of what is read behind the last event, in bytes; beyond it the rest is not. As much of an answer as takes no place in
    /// <see cref="AnswerPlan.Held"/>.</value>
    private const int MostHeld = 64 * 1024;

    /// <summary>
    /// How long the connection may stay open behind the last event: enough for the end of a body that comes in a packet of its own.
    /// </summary>
    private static readonly TimeSpan TrailingTimeout = TimeSpan.FromMilliseconds(250);

    private readonly ArrayBufferWriter<byte> _ready = new(BufferSize);
    private readonly ArrayBufferWriter<byte> _held = new();
    private readonly ArrayBufferWriter<byte> _untold = new();
    private readonly SecretInEvents _parts = new(plan.Guard);
    private bool _reads;
    private bool _ended;
    private bool _isTooLarge;

    public async ValueTask<Refusal?> CopyAsync(IdleReader reader)
    {
        Start();
        using var splitter = new SseSplitter();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await PumpAsync(reader, splitter, buffer);
        }
        catch (Exception e) when (IsPastTheEnd(e, reader))
        {
            // The dialect's last event is here, so the answer is complete; a provider that then goes rudely, or never, takes nothing from
            // it.
        }
        finally
        {
            if (!_reads) // A read that still goes on would write into what somebody else has rented.
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        return await EndAsync();
    }

    private async Task PumpAsync(IdleReader reader, SseSplitter splitter, byte[] buffer)
    {
        var behind = 0;
        while (true)
        {
            var reading = reader.ReadAsync(buffer);
            if (!reading.IsCompleted && !http.Response.HasStarted)
            {
                // A caller may wait for the head before it does what brings the first event. Not ended by the lifetime: the read goes on
                // into the buffer.
                _reads = true;
                await http.Response.Body.FlushAsync(CancellationToken.None);
                _reads = false;
            }

            var read = await reading;
            if (read == 0)
            {
                break;
            }

            Take(splitter, buffer.AsSpan(0, read));
            await FlushAsync();
            Demand(!_isTooLarge);
            if (_ended)
            {
                // The caller waits for the last event, so neither silence nor whatever else is said may keep it.
                reader.EndWithin(TrailingTimeout);
                behind += read;
                if (behind > MostHeld)
                {
                    break;
                }
            }
        }

        splitter.Complete();
        Take(splitter, []);
        await FlushAsync();
        Demand(!_isTooLarge);
    }

    /// <summary>Whether all that went wrong is that the connection wasn't closed well behind the last event.</summary>
    private bool IsPastTheEnd(Exception e, IdleReader reader) =>
        _ended && !plan.Lifetime.IsCancellationRequested && (e is IOException || (e is OperationCanceledException && reader.WasSilent));

    private void Start()
    {
        AnswerHead.Copy(answer, http.Response, plan, length: null);
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Sorts what arrived into what may go on now and what must wait for the record.</summary>
    private void Take(SseSplitter splitter, ReadOnlySpan<byte> bytes)
    {
        splitter.Append(bytes);
        while (splitter.TryRead(out var sse))
        {
            if (plan.Guard.IsIn(sse.Raw) || (sse.HasData && _parts.IsIn(sse.Data)))
            {
                throw new AnswerException(ReasonCode.CredentialInAnswer);
            }

            Tell(sse.Raw);

            if (plan.Messages is { } messages)
            {
                if (!TakeMessage(messages, sse.Raw, sse.Data))
                {
                    return;
                }

                continue;
            }

            // A comment is no event to a client, and keeps the connection awake: it goes on as it is.
            var what = sse.HasData ? plan.Reader?.ReadEvent(sse.Type, sse.Data) ?? StreamEvent.Forward : StreamEvent.Forward;
            var wasEnded = _ended;
            _ended |= what is StreamEvent.Last or StreamEvent.Error;
            var passed = what == StreamEvent.Drop ? 0 : sse.Raw.Length;
            if (!wasEnded && delivered.Bytes + _ready.WrittenCount + _held.WrittenCount + passed > plan.Operation.ResponseBytes)
            {
                _isTooLarge = true; // What came before it goes on, however much arrived together.
                return;
            }

            Put(sse.Raw[..passed], sse.Data, _ended ? _held : _ready);
        }

        // What is said behind the last event makes no answer too large: there is an end to it of its own.
        Demand(_ended || !splitter.IsOverflowing);
    }

    /// <summary>False where it would make the answer too large.</summary>
    private bool TakeMessage(AnswerMessages messages, ReadOnlySpan<byte> raw, ReadOnlySpan<byte> data)
    {
        using var reduction = PartReduction.Of(plan);
        var message = data.ToArray();
        if (!messages.Read((int)answer.StatusCode, message, isEvent: true, reduction).TryGet(out var taken, out var refusal))
        {
            throw new AnswerException(refusal.Reason, refusal.Detail);
        }

        _ended |= taken.What is StreamEvent.Last or StreamEvent.Error;
        if (taken.What == StreamEvent.Drop)
        {
            return true;
        }

        if (delivered.Bytes + _ready.WrittenCount + _held.WrittenCount + taken.Bytes.Length > plan.Operation.ResponseBytes)
        {
            _isTooLarge = true;
            return false;
        }

        var output = _ended ? _held : _ready;
        ReplacedEvent.Write(raw, taken.Bytes.Equals(message) ? default(ReadOnlyMemory<byte>?) : taken.Bytes, messages, output);

        return true;
    }

    /// <summary>An event's data in one line is where its ids are told; nobody sends them in more.</summary>
    private void Put(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> data, ArrayBufferWriter<byte> output)
    {
        if (plan.Seal is not { } seal || data.IsEmpty || raw.IndexOf(data) is not (>= 0 and var at))
        {
            output.Write(raw);
            return;
        }

        output.Write(raw[..at]);
        AnswerIds.Seal(data, seal, output);
        output.Write(raw[(at + data.Length)..]);
    }

    /// <summary>Nobody keeps what is still waited with.</summary>
    private void Tell(ReadOnlySpan<byte> raw)
    {
        if (plan.Tee is { } tee)
        {
            _untold.Write(raw);
            if (!Waits)
            {
                tee.Add(_untold.WrittenSpan);
                _untold.ResetWrittenCount();
            }
        }
    }

    private static void Demand(bool fits)
    {
        if (!fits)
        {
            throw new AnswerException(ReasonCode.ResponseTooLarge);
        }
    }

    /// <summary>Not for ever, and not for any number of events: what is found too late is cut all the same.</summary>
    private bool Waits => _parts.Begins && _ready.WrittenCount + _held.WrittenCount < MostHeld;

    private async ValueTask FlushAsync(bool isEnd = false)
    {
        if (_ready.WrittenCount > 0 && (isEnd || !Waits))
        {
            await http.Response.Body.WriteAsync(_ready.WrittenMemory, plan.Lifetime);
            delivered.Add(_ready.WrittenSpan);
            _ready.ResetWrittenCount();
        }
    }

    private async ValueTask<Refusal?> EndAsync()
    {
        if ((plan.Reader is not null || plan.Messages is { MayEnd: false }) && !_ended)
        {
            throw new AnswerException(ReasonCode.UpstreamFailed); // It stopped before its dialect's last event.
        }

        await FlushAsync(isEnd: true);
        plan.Tee?.Add(_untold.WrittenSpan);
        delivered.Add(_held.WrittenSpan);
        var delivery = new Delivery(
            Ending.Completed,
            (int)answer.StatusCode,
            ReasonCode.None,
            delivered.Bytes,
            delivered.Digest(),
            plan.Reader?.Usage ?? default
        );
        if (!await plan.ConcludeAsync(delivery))
        {
            http.Abort();
            return null;
        }

        if (_held.WrittenCount > 0)
        {
            await http.Response.Body.WriteAsync(_held.WrittenMemory, CancellationToken.None);
        }
        else if (!http.Response.HasStarted)
        {
            await http.Response.StartAsync(CancellationToken.None);
        }

        return null;
    }
}
