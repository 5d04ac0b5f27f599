using System.Text;

namespace Gateway.Fuzz.Tests;

/// <summary>Seeds as they stand in the tests and in the standards. Each target's are few and short: the fuzzer makes the rest.</summary>
internal static class SeedTexts
{
    private const string Parameters =
        ";created=1767225600;expires=1767225660;nonce=\"AAAAAAAAAAAAAAAAAAAAAA\";keyid=\"acme.aaaaaaaaaa\";tag=\"gateway-agent-v1\"";

    public static IEnumerable<byte[]> Fields =>
        Texts(
            "a=1, b;x=?0;y, c=(\"x\" tok;q=1.25 :aGk=:);z, d=\"q\\\"\\\\\"",
            "sig1=(\"@method\" \"@path\" \"content-digest\");created=1618884473;keyid=\"test-key-rsa-pss\"",
            "a=( 1  2 ), a=-0,\tb=012.500, c=?1, *k=*tok/x:y"
        );

    public static IEnumerable<byte[]> Signatures =>
        Texts(
            "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"gateway-tenant\")" + Parameters,
            "other=(\"@method\");tag=\"x\", sig1=(\"@method\")" + Parameters + ";alg=\"ed25519\"",
            "sig1=:aGVsbG8gd29ybGQ=:, b=:AA==:",
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, md5=:AAAA:"
        );

    public static IEnumerable<byte[]> Schemas =>
        Texts(
            """{"type":"object","properties":{"a":{"type":"integer","multipleOf":0.5},"b":{"pattern":"^(a|b)+$"}},"required":["a"]}"""
                + "\n"
                + """{"a":1.0,"b":"abba"}""",
            """{"anyOf":[{"items":{"enum":[1,"x",null]},"uniqueItems":true},{"const":{"a":[1]}}],"minItems":2}""" + "\n" + """[1,"x"]""",
            """{"allOf":[{"prefixItems":[true]},{"contains":{"type":"string"}}],"unevaluatedItems":false,"not":{"maxItems":1}}"""
                + "\n"
                + """[0,"x"]""",
            """{"$ref":"#/$defs/a","$defs":{"a":{"$anchor":"b","additionalProperties":{"$dynamicRef":"#b"}}}}""" + "\n" + """{"x":{}}""",
            """{"$schema":"http://json-schema.org/draft-07/schema#","items":[{}],"additionalItems":false}""" + "\n" + "[1]"
        );

    public static IEnumerable<byte[]> Json =>
        Texts(
            """{"a":1,"b":[true,null,"\u00e9\ud834\udd1e"],"c":{"a":-1.5e10,"":"\n\/"}}""",
            """{"\u0061":1,"a":2}""",
            "[9007199254740991,0.1,1E-7,1e21,-0,123456789012345678]",
            "\"\\ud800\""
        );

    public static IEnumerable<byte[]> Queries =>
        Texts("a=1&b=%41+c&a%62=&api_key=x", "x%2Dapi%2dkey=1&A[]=2&list[0]=%C3%A9", "key=%2541&%6b%65%79=;q=1&=&&plain");

    public static IEnumerable<byte[]> Paths =>
        Texts("/contacts/{id}/notes\n/contacts/%41b%2Dc/notes", "/files/{**rest}\n/files/a/%C3%A9%20/b", "/a/b\n/a/%2e%2E/b/./c", "/\n/");

    public static IEnumerable<byte[]> MediaTypes =>
        Texts("application/json; charset=utf-8", "text/plain;charset=\"utf-8\"; q=1", "Application/JSON; a=b; charset=iso-8859-1");

    public static IEnumerable<byte[]> Events =>
        Texts(
            "\u0001\u0003\u0007\u0002data: {\"a\":1}\n\nevent: ping\r\ndata: a\r\ndata: b\r\n\r\n: keep\n\n",
            "\u0002\u0002\u0005\u0001\uFEFFdata:x\r\rid: 7\rdata\r\r\n\n",
            "\u0001\u0001\u0001\u0001event: message_start\ndata: {}\n\ndata: [DONE]\n\ndata: rest"
        );

    public static IEnumerable<byte[]> Personal =>
        Texts(
            "\u0000\u0004Write to ann@example.org, card 4111 1111 1111 1111 or +49 30 901820.",
            "\u0001\u0020IBAN GB82 WEST 1234 5698 7654 32; (555) 123-4567; key sk-abcdefghijklmnop1234",
            "\u0002\u0001-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY----- eyJhbGciOi.eyJzdWIiOi.x é@ü.de"
        );

    public static IEnumerable<byte[]> Conditions =>
        Texts(
            "intent.action == 'delete' && args.amount > 10.0 || !(text in ['a', \"b\"])",
            "args.nested.items.exists(i, i == 1) ? size(text) : count * 2 - 3 / 1",
            "text.matches('^a+b') && has(args.name) && {'k': [1, 2u, 3.5]}['k'].map(v, v + v)[0] == 2",
            "duration('1h30m') < duration('2h') && timestamp('2026-01-01T00:00:00Z').getFullYear() == 2026 // c",
            "text.replace('a', 'b').split(' ').all(w, w.size() < 9) && b'\\xff' != bytes('é') && r'\\' + '''x''' == x"
        );

    public static IEnumerable<byte[]> Keys =>
        Texts(
            "gwk_acme.abcdefghij.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg123456",
            "acme.corp.abcdefghij",
            "0123456789abcdef0123456789abcdef.17"
        );

    public static IEnumerable<byte[]> ModelBodies =>
        Texts(
            "\u0000{\"model\":\"gpt-x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,\"max_tokens\":5,\"n\":2}",
            "\u0001{\"model\":\"gpt-x\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"hi\"}]}]}",
            "\u0003{\"model\":\"e\",\"input\":[\"a\",\"b\"]}",
            "\u0004{\"model\":\"c\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}],"
                + "\"tools\":[{\"name\":\"t\",\"input_schema\":{\"type\":\"object\"}}]}"
        );

    public static IEnumerable<byte[]> Batches =>
        Texts(
            "\u0000{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\",\"max_tokens\":5,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n{\"custom_id\":\"b\",\"method\":\"POST\","
                + "\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\",\"n\":2,\"messages\":[]}}\n",
            "\u0000{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/moderations\",\"body\":{\"input\":\"hi\"}}",
            "\u0001{\"requests\":[{\"custom_id\":\"a\",\"params\":{\"model\":\"c\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"hi\"}]}}]}"
        );

    /// <summary>Of which a pack is made.</summary>
    public const string Recording = """
        {
          "capture_mode": "raw",
          "run": {
            "run_id": "run_sample", "created_at": "2026-02-05T00:00:00Z", "producer_version": "0.1.0",
            "env": {"os": "linux", "arch": "x64", "runtime": "test"},
            "timeline": [{"event": "start", "ts": "2026-02-05T00:00:00Z"}]
          },
          "intents": [{"intent_id": "intent_1", "tool_name": "tool.search", "args": {"query": "<é>"}}],
          "results": [{"intent_id": "intent_1", "status": "ok", "result": {"hits": 3}}],
          "refs": {"receipts": []}
        }
        """;

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
