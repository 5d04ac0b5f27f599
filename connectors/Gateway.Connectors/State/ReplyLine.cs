using System.Buffers.Text;

namespace Gateway.Connectors.State;

/// <summary>Reads one line of the script's answer.</summary>
internal static class ReplyLine
{
    /// <summary>A letter; or a letter and a name; or a letter, microseconds and a place.</summary>
    public static ScriptReply Read(ReadOnlySpan<byte> line, long now, long epoch)
    {
        if (line.Length == 1)
        {
            return new ScriptReply(line[0], now, epoch, 0, 0);
        }

        if (line.Length < 3 || line[1] != ' ')
        {
            return default;
        }

        var rest = line[2..];
        if (line[0] == ScriptReply.AlreadyDone)
        {
            return new ScriptReply(ScriptReply.AlreadyDone, now, epoch, 0, 0, System.Text.Encoding.ASCII.GetString(rest));
        }

        return
            TryNumber(ref rest, (byte)' ', out var wait)
            && Utf8Parser.TryParse(rest, out int place, out var length)
            && length == rest.Length
            ? new ScriptReply(line[0], now, epoch, wait, place)
            : default;
    }

    /// <summary>Reads a number and what must stand behind it.</summary>
    public static bool TryNumber(ref ReadOnlySpan<byte> text, byte end, out long number)
    {
        if (!Utf8Parser.TryParse(text, out number, out var length) || length == text.Length || text[length] != end)
        {
            return false;
        }

        text = text[(length + 1)..];
        return true;
    }
}
