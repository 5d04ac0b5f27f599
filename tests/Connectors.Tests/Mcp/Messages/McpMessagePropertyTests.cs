using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Connectors.Tests.Mcp.Messages;

public sealed class McpMessagePropertyTests
{
    [Fact]
    public void What_was_written_is_read() =>
        Prop.ForAll(
                MessageText.Ids,
                MessageText.AnyText,
                ArbMap.Default.ArbFor<Dictionary<NonEmptyString, int>>(),
                (id, name, members) =>
                {
                    var arguments = Arguments(members);
                    var body = MessageText.Call(name, arguments.DeepClone(), id);
                    return McpMessageReader.TryRead(body, out var message, out _, isLoose: false)
                        && message.Kind == MessageKind.Request
                        && message.Id.ValueEquals(body, MessageText.Utf8(id))
                        && message.Name.GetText(body) == name
                        && message.Name.TextEquals(body, MessageText.Utf8(name))
                        && JsonNode.DeepEquals(JsonNode.Parse(message.Arguments.Of(body)), arguments);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_base_library_reads_the_same_from_what_is_accepted() =>
        Prop.ForAll(
                Mutations.Of(MessageText.Call("delete", new JsonObject { ["id"] = "7", ["force"] = true })),
                body =>
                {
                    if (!McpMessageReader.TryRead(body, out var message, out _))
                    {
                        return true;
                    }

                    using var document = JsonDocument.Parse(body);
                    var root = document.RootElement;
                    return Same(root, "method", message.Method, body)
                        && Same(root, "id", message.Id, body)
                        && (
                            !root.TryGetProperty("params", out var parameters)
                            || (Same(parameters, "name", message.Name, body) && Same(parameters, "arguments", message.Arguments, body))
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_second_member_of_any_name_is_refused_wherever_it_stands() =>
        Prop.ForAll(
                Gen.Choose(0, 40).ToArbitrary(),
                at =>
                {
                    var text = Encoding.UTF8.GetString(MessageText.Call("delete", new JsonObject { ["a"] = new JsonObject { ["b"] = 1 } }));
                    var names = NamesOf(text);
                    var (name, end) = names[at % names.Count];
                    var twice = text[..end] + $"\"{name}\":1,\"" + name + text[(end + name.Length + 1)..];
                    return !McpMessageReader.TryRead(MessageText.Utf8(twice), out _, out _, isLoose: false);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_case_of_any_name_that_is_read_is_refused() =>
        Prop.ForAll(
                Gen.Elements("jsonrpc", "id", "method", "params", "name", "arguments", "_meta", MessageText.Version).ToArbitrary(),
                Gen.Choose(0, 60).ToArbitrary(),
                (name, at) =>
                {
                    var letters = name.ToCharArray();
                    var place = at % letters.Length;
                    letters[place] = char.IsUpper(letters[place])
                        ? char.ToLowerInvariant(letters[place])
                        : char.ToUpperInvariant(letters[place]);
                    var other = new string(letters);
                    var text = Encoding.UTF8.GetString(MessageText.Call("delete"));
                    var changed = text.Replace($"\"{name}\":", $"\"{other}\":", StringComparison.Ordinal);
                    return other == name || !McpMessageReader.TryRead(MessageText.Utf8(changed), out _, out _, isLoose: false);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Random_bytes_never_throw() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                {
                    var isRead = McpMessageReader.TryRead(bytes, out var message, out var fault);
                    var isAnswer = McpAnswer.TryRead(bytes, out _, out var other);
                    return isRead == (fault is null) && isAnswer == (other is null) && isRead == (message.Kind != MessageKind.None);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Cutting_or_changing_any_byte_never_throws()
    {
        var body = MessageText.Call("d\u00e9l\"ete", new JsonObject { ["id"] = "\U0001F600" }, "\"x\\u0061\"");
        for (var at = 0; at < body.Length; at++)
        {
            Assert.False(McpMessageReader.TryRead(body.AsSpan(0, at), out _, out _));
            var changed = body.ToArray();
            for (var value = 0; value < 256; value++)
            {
                changed[at] = (byte)value;
                McpMessageReader.TryRead(changed, out var message, out _);
                Assert.True(message.Id.Start + message.Id.Length <= changed.Length);
            }
        }
    }

    [Fact]
    public void An_ordinary_message_costs_no_allocation()
    {
        var body = MessageText.Call("delete", new JsonObject { ["id"] = new string('x', 400), ["rows"] = new JsonArray(1, 2, 3) });
        var broken = MessageText.Utf8("""{"jsonrpc":"2.0","id":1,"method":"ping","Method":1}""");
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read()
        {
            Assert.True(McpMessageReader.TryRead(body, out var message, out _));
            Assert.True(message.Name.TextEquals(body, "delete"u8));
            Assert.True(McpEra.TryTell(in message, body, "2026-07-28", out var era, out _));
            Assert.True(McpMethods.TryFind(in message, body, era, out _, out _));
            Assert.False(McpMessageReader.TryRead(broken, out _, out _, isLoose: false));
        }
    }

    [Fact]
    public void Many_names_that_are_not_ascii_cost_what_they_are_many()
    {
        long Cost(int names)
        {
            var members = string.Concat(Enumerable.Range(0, names).Select(i => $"\"n\u00e4me{i}\":1,"));
            var body = MessageText.Legacy("tools/call", "{" + members + "\"name\":\"a\"}");
            Assert.True(McpMessageReader.TryRead(body, out _, out _, isLoose: false));
            var before = GC.GetAllocatedBytesForCurrentThread();
            McpMessageReader.TryRead(body, out _, out _, isLoose: false);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(Cost(1000) / (double)Cost(100), 5, 20);
        Assert.InRange(Cost(1000) / 1000, 0, 2000); // Folded once, not once for each name that is known.
    }

    private static JsonObject Arguments(Dictionary<NonEmptyString, int> members)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in members)
        {
            arguments[string.Concat(name.Get.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar))] = value;
        }

        return arguments;
    }

    private static bool Same(JsonElement inside, string name, McpSlice slice, byte[] body) =>
        inside.TryGetProperty(name, out var value) ? value.GetRawText() == Encoding.UTF8.GetString(slice.Of(body)) : !slice.IsPresent;

    private static List<(string Name, int At)> NamesOf(string text)
    {
        var names = new List<(string, int)>();
        for (
            var colon = text.IndexOf("\":", StringComparison.Ordinal);
            colon >= 0;
            colon = text.IndexOf("\":", colon + 1, StringComparison.Ordinal)
        )
        {
            var start = text.LastIndexOf('"', colon - 1);
            names.Add((text[(start + 1)..colon], start));
        }

        return names;
    }
}
