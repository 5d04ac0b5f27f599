using System.Text;
using Xunit.Abstractions;

namespace Gateway.Connectors.Tests.Mcp.Schemas;

/// <summary>Validating is on the path of every call.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const string Tool = """
        {"type":"object","required":["path","content","mode"],"additionalProperties":false,"properties":{
          "path":{"type":"string","minLength":1,"pattern":"^/[a-z/]+\\.txt$"},"content":{"type":"string","maxLength":2000},
          "mode":{"enum":["append","replace"]},"lines":{"type":"array","items":{"type":"integer","minimum":0},"uniqueItems":true},
          "meta":{"type":"object","additionalProperties":{"type":["string","number"]}},"force":{"type":"boolean"},
          "retries":{"type":"integer","minimum":0,"maximum":9},"ratio":{"type":"number","multipleOf":0.01},
          "owner":{"anyOf":[{"type":"null"},{"type":"string","maxLength":64}]},"tags":{"items":{"$ref":"#/$defs/tag"}} },
         "$defs":{"tag":{"type":"string","pattern":"^\\w+$"}}}
        """;

    [Fact]
    public void Validating_a_kilobyte_against_ten_properties_allocates_less_than_500_bytes()
    {
        var schema = Schema.Of(Tool);
        var json = Encoding.UTF8.GetBytes(
            $$"""
            {"path":"/a/b/c.txt","content":"{{new string('x', 600)}}\n\t\"quoted\"","mode":"append","lines":[{{Schema.Repeat(
                40,
                i => $"{i}"
            )}}],
             "meta":{"author":"somebody","size":12.5,"nothing":"\u00e9"},"force":true,"retries":3,"ratio":0.07,"owner":null,"tags":["a","b_c"]}
            """
        );
        Assert.InRange(json.Length, 900, 1200);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(schema.Validate(json).IsValid);
        }

        const int Times = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            schema.Validate(json);
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        schema.Validate(json, out var steps);
        output.WriteLine($"{bytes} bytes a validation of {json.Length} bytes; {steps} steps");
        Assert.InRange(bytes, 0, 499);
        Assert.InRange(steps, 1, json.Length + Tool.Length);
    }
}
