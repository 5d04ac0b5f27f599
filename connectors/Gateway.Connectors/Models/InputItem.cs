using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>What one item of the Responses API's input carries, as far as it tells whether the provider would have to look it up.</summary>
internal struct InputItem
{
    private const int LongestType = 32;

    /// <summary>By its type: the member that an item's content stands in. What isn't here has none that we know.</summary>
    private static readonly NameTable<Member> ContentOf = DialectTables.Table(
        (Member.Content, "message"),
        (Member.Arguments, "function_call mcp_call mcp_approval_request tool_search_call"),
        (Member.Input, "custom_tool_call"),
        (
            Member.Output,
            "function_call_output custom_tool_call_output computer_call_output local_shell_call_output shell_call_output "
                + "apply_patch_call_output"
        ),
        (Member.EncryptedContent, "reasoning compaction"),
        (Member.Result, "image_generation_call"),
        (Member.Tools, "mcp_list_tools tool_search_output additional_tools"),
        (Member.Action, "web_search_call computer_call local_shell_call shell_call"),
        (Member.Queries, "file_search_call"),
        (Member.Code, "code_interpreter_call"),
        (Member.Operation, "apply_patch_call")
    );

    private static readonly NameTable<Member> Members = new([
        .. Enum.GetValues<Member>().Where(member => member != Member.Unknown).Select(member => KeyValuePair.Create(NameOf(member), member)),
    ]);

    private int _filled;
    private Member _content;

    /// <summary>Null where it has none that is text, or one that is too long to be one.</summary>
    public string? Id { get; private set; }

    public readonly bool HasId => Has(Member.Id);

    /// <summary>The same of the request that it approves.</summary>
    public string? ApprovalRequestId { get; private set; }

    /// <summary>
    /// Whether it is all there: it says what it is, and where it has an id, which the provider could look up, has its content too. So a
    /// message's id alone, or the answer to an approval that the provider keeps, isn't.
    /// </summary>
    public readonly bool StandsForItself
    {
        get
        {
            var content = Has(Member.Type) ? _content : Member.Content;
            var isFull = content != Member.Unknown && Has(content);
            var mustBe = Has(Member.Id) || Has(Member.ApprovalRequestId) || content is Member.Result;
            return (Has(Member.Type) || Has(Member.Role)) && (isFull || !mustBe);
        }
    }

    /// <summary>Takes one member down. The reader stands on its name, and stays there.</summary>
    public void Note(in StrictJsonReader json)
    {
        if (!Members.TryFind(json.Name, json.NameHash, out var member, out _))
        {
            return;
        }

        var value = json.Token; // A copy, which goes ahead.
        if (!value.Read() || !IsFilled(value, member))
        {
            return;
        }

        _filled |= 1 << (int)member;
        if (member is Member.Id or Member.ApprovalRequestId)
        {
            var id =
                value.TokenType == JsonTokenType.String && value.ValueSpan.Length <= ReferenceReader.Longest ? value.GetString() : null;
            (Id, ApprovalRequestId) = member == Member.Id ? (id, ApprovalRequestId) : (Id, id);
        }

        if (member == Member.Type && value.TokenType == JsonTokenType.String && value.ValueSpan.Length <= LongestType)
        {
            var type = Encoding.UTF8.GetBytes(value.GetString()!);
            ContentOf.TryFind(type, KeyHash.Compute(type), out _content, out _);
        }
    }

    private readonly bool Has(Member member) => (_filled & (1 << (int)member)) != 0;

    /// <summary>An empty text or list is no content, but for what a tool was given and gave: that may be nothing.</summary>
    private static bool IsFilled(Utf8JsonReader value, Member member) =>
        value.TokenType switch
        {
            JsonTokenType.String => value.ValueSpan.Length > 0
                || member is Member.Arguments or Member.Input or Member.Output or Member.Code,
            JsonTokenType.StartArray or JsonTokenType.StartObject => value.Read()
                && value.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject),
            _ => false,
        };

    private static string NameOf(Member member) =>
        member switch
        {
            Member.Unknown => "",
            Member.Type => "type",
            Member.Role => "role",
            Member.Id => "id",
            Member.ApprovalRequestId => "approval_request_id",
            Member.Content => "content",
            Member.Arguments => "arguments",
            Member.Input => "input",
            Member.Output => "output",
            Member.EncryptedContent => "encrypted_content",
            Member.Result => "result",
            Member.Tools => "tools",
            Member.Action => "action",
            Member.Queries => "queries",
            Member.Code => "code",
            Member.Operation => "operation",
        };

    public enum Member
    {
        Unknown = 0,
        Type,
        Role,
        Id,
        ApprovalRequestId,
        Content,
        Arguments,
        Input,
        Output,
        EncryptedContent,
        Result,
        Tools,
        Action,
        Queries,
        Code,
        Operation,
    }
}
