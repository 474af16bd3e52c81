"""A restart behind a socket that stays: a steady stream of requests, none refused, none lost in mid-air."""
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
import unittest

from ground import PATIENCE, Place, binary

TREE = "level,code,name,type,parent_code\n1,01,Hà Nội,Thành phố,\n"


class Restart(unittest.TestCase):
    def setUp(self):
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.addCleanup(self.listening.close)
        self.port = self.listening.getsockname()[1]

    def start(self, place, count="1"):
        """As systemd does it: the socket is descriptor 3, and the environment says whose it is."""
        descriptor = self.listening.fileno()

        def hand_over():
            if descriptor != 3:
                os.dup2(descriptor, 3)
            else:
                os.set_inheritable(3, True)

        process = subprocess.Popen(["/bin/sh", "-c", f'LISTEN_PID=$$ LISTEN_FDS={count} exec "$@"', "sh", binary(), *place.args, "serve", "--port", "1"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hand_over, close_fds=False)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait(timeout=PATIENCE)))
        return process

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError as failure:
            return str(failure)
        finally:
            connection.close()

    def test_nobody_is_refused_while_it_restarts(self):
        with Place() as place:
            place.run("import", "units", place.file("tree.csv", TREE), "--on", "2021-01-01", "--line", "government")
            server = self.start(place)
            self.assertIn(f":{self.port}", server.stdout.readline())
            told, going = [], threading.Event()

            def stream():
                while not going.is_set():
                    told.append(self.ask())

            people = [threading.Thread(target=stream) for _ in range(4)]
            for person in people:
                person.start()
            for _ in range(3):
                time.sleep(0.5)
                server.send_signal(signal.SIGTERM)
                self.assertEqual(server.wait(timeout=PATIENCE), 0)
                time.sleep(0.3)  # nobody listens, and nobody is refused
                server = self.start(place)
                self.assertIn("listening on", server.stdout.readline())
            time.sleep(0.5)
            going.set()
            for person in people:
                person.join(timeout=PATIENCE)
            self.assertGreater(len(told), 50)
            self.assertEqual(set(told), {200}, f"of {len(told)} requests")
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=PATIENCE)

    def test_what_is_no_listening_socket_is_told(self):
        with Place() as place:
            self.listening.close()
            self.listening = socket.socket(socket.AF_UNIX)
            server = self.start(place)
            self.assertEqual(server.wait(timeout=PATIENCE), 3)
            self.assertIn("no listening TCP socket", server.stderr.read())
            server = self.start(place, count="2")
            self.assertEqual(server.wait(timeout=PATIENCE), 3)
            self.assertIn("one socket is wanted", server.stderr.read())


if __name__ == "__main__":
    unittest.main()
