using System.Globalization;
using System.Text;
using Gateway.Evidence.Receipts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Peers;

/// <summary>What one replica asks another.</summary>
internal enum PeerAsk
{
    /// <summary>Nothing that this version knows: it isn't answered.</summary>
    Unspecified = 0,

    /// <summary>The receipt of a record.</summary>
    Receipt = 1,

    /// <summary>Which process has a log on its volume.</summary>
    Holder = 2,
}

/// <summary>A question, as it is sealed: a line each.</summary>
/// <param name="Tenant">Whose log it is.</param>
/// <param name="Agent">Who wants it; empty where nobody does.</param>
/// <param name="All">Whether the agent may read all of its tenant's, as the replica that it asked judged.</param>
/// <param name="At">When it was asked, to tell old questions.</param>
internal sealed record PeerQuestion(PeerAsk Ask, Id<Tenant> Tenant, ReceiptId Record, string Agent, bool All, DateTimeOffset At)
{
    public byte[] ToBytes() =>
        Encoding.ASCII.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)Ask}\n{Tenant}\n{Record}\n{Agent}\n{(All ? 1 : 0)}\n{At.ToUnixTimeMilliseconds()}\n"
            )
        );

    /// <summary>Null for anything else.</summary>
    public static PeerQuestion? Read(ReadOnlySpan<byte> bytes) =>
        Encoding.ASCII.GetString(bytes).Split('\n') is [var ask, var tenant, var record, var agent, var all, var at, ""]
        && all is ("0" or "1")
        && int.TryParse(ask, NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
        && (PeerAsk)kind is PeerAsk.Receipt or PeerAsk.Holder
        && Id<Tenant>.TryParse(tenant, out var whose)
        && ReceiptId.TryParse(record, out var id)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && time < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new PeerQuestion((PeerAsk)kind, whose, id, agent, all == "1", DateTimeOffset.FromUnixTimeMilliseconds(time))
            : null;
}

/// <summary>What a question came to.</summary>
internal enum PeerVerdict : byte
{
    /// <summary>No answer: what was read isn't one.</summary>
    Unspecified = 0,

    /// <summary>What was asked for, behind it.</summary>
    Found = 1,

    /// <summary>The log is there, and no such record in it that the agent may read.</summary>
    Unknown = 2,

    /// <summary>The log isn't on this volume.</summary>
    NotHere = 3,

    /// <summary>It can't be read now; why stands behind it.</summary>
    Unavailable = 4,
}

/// <param name="Content">A receipt, the process' id, or why not.</param>
internal readonly record struct PeerAnswer(PeerVerdict Verdict, ReadOnlyMemory<byte> Content)
{
    public byte[] ToBytes() => [(byte)Verdict, .. Content.Span];

    /// <summary>The zero value for anything else.</summary>
    public static PeerAnswer Read(ReadOnlyMemory<byte> bytes) =>
        bytes.Length > 0 && Enum.IsDefined((PeerVerdict)bytes.Span[0]) ? new PeerAnswer((PeerVerdict)bytes.Span[0], bytes[1..]) : default;
}
