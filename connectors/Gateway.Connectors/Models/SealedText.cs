using System.Buffers;
using System.Text;

namespace Gateway.Connectors.Models;

/// <summary>Puts the providers' own ids in the places of sealed ones, before a body goes out.</summary>
public static class SealedText
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(OwnedIds.Mark);

    /// <param name="json">Where a sealed id is a text of its own, unescaped; nowhere else is it replaced.</param>
    /// <param name="opened">The providers' ids by the sealed ones.</param>
    public static ReadOnlyMemory<byte> Open(ReadOnlySpan<byte> json, IReadOnlyDictionary<string, string> opened)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 1);
        while (json.IndexOf(Mark) is var mark and >= 0)
        {
            var end = json[mark..].IndexOf((byte)'"');
            var start = json[..mark].LastIndexOf((byte)'"') + 1;
            if (end < 0)
            {
                break;
            }

            end += mark;
            if (start > 0 && opened.TryGetValue(Encoding.UTF8.GetString(json[start..end]), out var id))
            {
                output.Write(json[..start]);
                output.Write(Encoding.ASCII.GetBytes(id));
            }
            else
            {
                output.Write(json[..end]);
            }

            json = json[end..];
        }

        output.Write(json);
        return output.WrittenMemory;
    }
}
